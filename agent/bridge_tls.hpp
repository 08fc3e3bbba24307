// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/localhost_certificate.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace signet {

/// The TLS side of the bridge: 1.2 and later, AEAD only, with the localhost certificate, which is renewed
/// before its end. Connections keep the context that they began with.
/// Thread: one. Included by the bridge's own files only: Asio is heavy.
class BridgeTls {
public:
    using Context = std::shared_ptr<boost::asio::ssl::context>;

    /// Makes the certificate where there is none. Errors: of keepLocalhostFiles and checkLocalhostFiles;
    /// configurationInvalid with reason "localhost_certificate_broken".
    static Result<BridgeTls> load(LocalhostFiles files, TimePoint now);

    /// The context for a connection that begins now. A renewal that fails is tried again after an hour.
    Context context(TimePoint now);

private:
    explicit BridgeTls(LocalhostFiles files) : m_files(std::move(files)) {}
    Result<void> read(TimePoint now);

    LocalhostFiles m_files;
    Context m_context;
    TimePoint m_notAfter{};
    TimePoint m_nextTry{};
};

}  // namespace signet
