// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "platform/sqlite_connection.hpp"

namespace signet {

/// Makes the tables of an empty file, brings an older file up to date, and checks that the file belongs to
/// this data key. Errors: configurationInvalid with reason "storage".
Result<void> prepareSchema(SqliteConnection& connection, const Bytes& keyCheck);

}  // namespace signet
