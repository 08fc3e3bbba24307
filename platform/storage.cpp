// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/storage.hpp"

#include "platform/sqlite_storage.hpp"

namespace signet {
namespace {

tl::unexpected<Error> urlError(const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "storage";
    error.detail = "db: " + what;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

}  // namespace

Result<std::unique_ptr<Storage>> openStorage(std::string_view url, const Bytes& keyCheck) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
        return SqliteStorage::open(std::string(url.substr(kSqlite.size())), keyCheck);
    if (url.starts_with("postgresql:") || url.starts_with("postgres:"))
        return urlError("PostgreSQL is not supported yet by this version; use sqlite:FILE");
    return urlError("expected sqlite:FILE");
}

}  // namespace signet
