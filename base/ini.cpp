// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/ini.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>

#include <sstream>

namespace signet {
namespace po = boost::program_options;
namespace {

/// The entries of one line in its section: none or one.
std::vector<IniEntry> parseLine(const std::string& section, const std::string& line, int number) {
    std::istringstream stream(section + "\n" + line + "\n");
    const po::options_description none;
    std::vector<IniEntry> entries;
    for (const auto& option : po::parse_config_file<char>(stream, none, true).options)
        entries.push_back(
            {option.string_key, option.value.empty() ? std::string() : option.value.front(), number});
    return entries;
}

bool isSection(const std::string& line) {
    const auto first = line.find_first_not_of(" \t");
    return first != std::string::npos && line[first] == '[';
}

}  // namespace

Error configurationError(std::string_view fileName, int line, std::string_view what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = std::string(fileName) + ":" + std::to_string(line) + ": " + std::string(what);
    error.params["name"] = error.detail;
    return error;
}

Result<std::vector<IniEntry>> parseIni(std::string_view text, std::string_view fileName) {
    std::vector<IniEntry> entries;
    std::istringstream lines{std::string(text)};
    std::string section;
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (isSection(line)) section = line;
        try {
            for (auto& entry : parseLine(section, isSection(line) ? std::string() : line, number))
                entries.push_back(std::move(entry));
        } catch (const po::error&) {
            return fail(configurationError(fileName, number, "expected \"key = value\""));
        }
    }
    return entries;
}

}  // namespace signet
