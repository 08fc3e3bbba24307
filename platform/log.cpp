// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cstdio>
#include <memory>

namespace signet {
namespace {

spdlog::level::level_enum levelOf(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

spdlog::logger& logger() {
    static const auto kLogger = [] {
        auto made =
            std::make_shared<spdlog::logger>("platform", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->set_level(spdlog::level::warn);
        return made;
    }();
    return *kLogger;
}

}  // namespace

void setLogLevel(LogLevel level) {
    logger().set_level(levelOf(level));
}

std::string escapedForLog(std::string_view message) {
    std::string line;
    line.reserve(message.size());
    for (const char c : message) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            line += c;
            continue;
        }
        std::array<char, 5> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\x%02x", byte);
        line += escaped.data();
    }
    return line;
}

void writeLog(LogLevel level, std::string_view message) {
    if (!logger().should_log(levelOf(level))) return;
    logger().log(levelOf(level), "{}", escapedForLog(message));
}

}  // namespace signet
