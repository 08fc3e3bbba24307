// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace signet {

struct CloseSqlite {
    void operator()(sqlite3* handle) const;
};
struct FinalizeSqlite {
    void operator()(sqlite3_stmt* statement) const;
};

/// One statement in use: bound when made, reset when it goes. Columns count from 0.
class SqliteRows {
public:
    SqliteRows(class SqliteConnection& connection, sqlite3_stmt* statement);
    SqliteRows(SqliteRows&& other) noexcept
        : m_connection(other.m_connection), m_statement(std::exchange(other.m_statement, nullptr)) {}
    SqliteRows(const SqliteRows&) = delete;
    SqliteRows& operator=(const SqliteRows&) = delete;
    SqliteRows& operator=(SqliteRows&&) = delete;
    ~SqliteRows();

    /// False at the end and after a failure, which the connection remembers.
    bool next();
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    TimePoint time(int column) const;
    std::optional<TimePoint> optionalTime(int column) const;

    void bind(int index, std::int64_t value);
    void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, TimePoint value) {
        bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
    }
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
    void bind(int index, const char* value) { bind(index, std::string_view(value)); }
    void bind(int index, const Bytes& value);
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        if (value) bind(index, *value);  // An unbound parameter is NULL.
    }

private:
    class SqliteConnection& m_connection;
    sqlite3_stmt* m_statement;
};

/// A connection with prepared statements kept. The first failure stays until takeFailure(); after it every
/// call does nothing, so an operation can be written straight down and is checked once at its end. Thread:
/// one at a time.
class SqliteConnection {
public:
    enum class Mode { readWrite, readOnly };
    /// WAL, foreign keys, a busy time-out. Errors: configurationInvalid.
    static Result<std::unique_ptr<SqliteConnection>> open(const std::string& file, Mode mode);

    /// `sql` must be a literal: statements are kept by its address.
    template <class... Values>
    SqliteRows query(const char* sql, const Values&... values) {
        SqliteRows rows(*this, prepared(sql));
        int index = 0;
        (rows.bind(++index, values), ...);
        return rows;
    }
    /// Runs to the end; how many rows were changed.
    template <class... Values>
    int run(const char* sql, const Values&... values) {
        auto rows = query(sql, values...);
        while (rows.next()) {
        }
        return isFailed() ? 0 : changes();
    }
    /// Several statements without parameters.
    void script(const std::string& sql);

    bool isFailed() const { return m_isFailed; }
    /// The failure as a Result, and forgets it.
    Result<void> takeFailure();

private:
    friend class SqliteRows;
    explicit SqliteConnection(sqlite3* handle) : m_handle(handle) {}
    sqlite3_stmt* prepared(const char* sql);
    int changes() const;
    void setFailed();

    std::unique_ptr<sqlite3, CloseSqlite> m_handle;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, FinalizeSqlite>> m_statements;
    bool m_isFailed = false;
    std::string m_failure;
};

}  // namespace signet
