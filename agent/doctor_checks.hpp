// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor.hpp"
#include "agent/doctor_facts.hpp"

#include <vector>

namespace signet {

/// The checks, each from what was gathered before: none of them reads or asks anything. Thread: any.
using Checks = std::vector<Check>;

Checks checkConfiguration(const ConfigurationFacts& facts, Language language);
/// Known keys on USB, and whether a module knows them.
Checks checkUsb(const DoctorFacts& facts, Language language);
/// The smart card service, readers, cards.
Checks checkReaders(const DoctorFacts& facts, Language language);
Checks checkModules(const DoctorFacts& facts, Language language);
Checks checkTokens(const DoctorFacts& facts, Language language);
Checks checkTrust(const Result<TrustList>& trust, TimePoint now, Language language);
Checks checkCertificates(const DoctorFacts& facts, Language language);
/// Proxy, TLS, metadata and clock of one platform.
Checks checkIssuer(const IssuerFacts& facts, Language language);
/// The bridge's ports, and helpers of other makers.
Checks checkPorts(const DoctorFacts& facts, Language language);

/// All of them, in the order of a login. Without a valid configuration: what needs none.
Checks checkAll(const DoctorFacts& facts, Language language);

}  // namespace signet
