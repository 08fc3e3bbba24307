// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/sqlite_connection.hpp"
#include "platform/storage.hpp"

namespace signet {

/// The two moves of a login, run inside one transaction of the writer; failures stay in the connection.
ConsumeOutcome consumeInTransaction(SqliteConnection& connection, const ConsumeRequest& request);
RedeemOutcome redeemInTransaction(SqliteConnection& connection, const RedeemRequest& request);
/// Reads only.
RedeemPreview previewRedemption(SqliteConnection& connection, const RedeemRequest& request);

/// One row of the audit log.
void writeAudit(SqliteConnection& connection, TimePoint at, std::string_view event, bool isAlert,
                std::string_view challengeId, std::string_view accountId, std::string_view detail);

/// Columns id, kind, lookup, number, name, state, created_at from `first` on.
AccountRecord accountFrom(const SqliteRows& rows, int first);

}  // namespace signet
