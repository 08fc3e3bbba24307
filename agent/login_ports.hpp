// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_checker.hpp"
#include "agent/flow_records.hpp"
#include "agent/platform_client.hpp"
#include "agent/timers.hpp"
#include "agent/tokens.hpp"
#include "agent/ui.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"

#include <string>
#include <vector>

namespace signet {

/// Where a flow is. Each may be cancelled, lose its token or fail.
enum class LoginStep { idle, fetch, choose, check, pin, sign, verify, relay, done };

/// What a flow works with; all of it outlives the flow.
struct LoginPorts {
    Ui& ui;
    Tokens& tokens;
    PlatformClient& platform;
    CertificateChecker& checker;
    const TrustList& trust;
    const Clock& clock;
    Timers& timers;
    std::vector<std::string> issuers{};        ///< configured; no other is ever asked
    AcceptedAgreements* agreements = nullptr;  ///< may be absent
    JournalSink* journal = nullptr;            ///< may be absent
    Sm2Source* sm2 = nullptr;                  ///< absent: the built-in profiles, nothing remembered
    bool usePinPad = true;                     ///< `pin.pad`: where the reader offers it
};

}  // namespace signet
