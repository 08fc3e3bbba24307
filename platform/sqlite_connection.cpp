// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_connection.hpp"

#include <sqlite3.h>

namespace signet {
namespace {

constexpr int kBusyMilliseconds = 5000;

Error openError(const std::string& file, const std::string& why) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "storage";
    error.detail = "db: " + file + ": " + why;
    error.params["name"] = error.detail;
    return error;
}

}  // namespace

void CloseSqlite::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}
void FinalizeSqlite::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

SqliteRows::SqliteRows(SqliteConnection& connection, sqlite3_stmt* statement)
    : m_connection(connection), m_statement(statement) {
}

SqliteRows::~SqliteRows() {
    if (m_statement == nullptr) return;
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

bool SqliteRows::next() {
    if (m_statement == nullptr || m_connection.isFailed()) return false;
    const int status = sqlite3_step(m_statement);
    if (status == SQLITE_ROW) return true;
    if (status != SQLITE_DONE) m_connection.setFailed();
    return false;
}

bool SqliteRows::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}
std::int64_t SqliteRows::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}
std::string SqliteRows::text(int column) const {
    const auto* value = sqlite3_column_text(m_statement, column);
    if (value == nullptr) return {};
    return {reinterpret_cast<const char*>(value),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}
Bytes SqliteRows::blob(int column) const {
    const auto* value = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
    return value == nullptr ? Bytes{} : Bytes(value, value + sqlite3_column_bytes(m_statement, column));
}
TimePoint SqliteRows::time(int column) const {
    return TimePoint(std::chrono::seconds(integer(column)));
}
std::optional<TimePoint> SqliteRows::optionalTime(int column) const {
    if (isNull(column)) return std::nullopt;
    return time(column);
}

void SqliteRows::bind(int index, std::int64_t value) {
    if (m_statement != nullptr && sqlite3_bind_int64(m_statement, index, value) != SQLITE_OK)
        m_connection.setFailed();
}
void SqliteRows::bind(int index, std::string_view value) {
    if (m_statement != nullptr &&
        sqlite3_bind_text(m_statement, index, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT) != SQLITE_OK)
        m_connection.setFailed();
}
void SqliteRows::bind(int index, const Bytes& value) {
    // An empty blob is not NULL: SQLite takes a null pointer for NULL.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    if (m_statement != nullptr && sqlite3_bind_blob(m_statement, index, data, static_cast<int>(value.size()),
                                                    SQLITE_TRANSIENT) != SQLITE_OK)
        m_connection.setFailed();
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& file, Mode mode) {
    sqlite3* handle = nullptr;
    const int access =
        mode == Mode::readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int status = sqlite3_open_v2(file.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
    if (status != SQLITE_OK) return fail(openError(file, sqlite3_errstr(status)));
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    sqlite3_extended_result_codes(handle, 1);
    connection->script("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=FAST;");
    if (mode == Mode::readWrite) connection->script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    if (auto done = connection->takeFailure(); !done) return fail(openError(file, done.error().detail));
    return connection;
}

sqlite3_stmt* SqliteConnection::prepared(const char* sql) {
    if (m_isFailed) return nullptr;
    auto& kept = m_statements[sql];
    if (kept == nullptr) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(m_handle.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
            SQLITE_OK)
            setFailed();
        kept.reset(statement);
    }
    return kept.get();
}

void SqliteConnection::script(const std::string& sql) {
    if (m_isFailed) return;
    if (sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) setFailed();
}

int SqliteConnection::changes() const {
    return sqlite3_changes(m_handle.get());
}

void SqliteConnection::setFailed() {
    if (m_isFailed) return;
    m_isFailed = true;
    m_failure = sqlite3_errmsg(m_handle.get());
}

Result<void> SqliteConnection::takeFailure() {
    if (!m_isFailed) return {};
    m_isFailed = false;
    return fail(ErrorCode::internalError, "storage: " + m_failure, "storage");
}

}  // namespace signet
