// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/option_tokens.hpp"

#include <boost/program_options.hpp>

#include <exception>

namespace signet {
namespace po = boost::program_options;
namespace {

constexpr const char* kWord = "word";

tl::unexpected<Error> usage(std::string what) {
    return fail(ErrorCode::invalidRequest, std::move(what), "usage");
}

Result<OptionToken> tokenOf(const po::option& option) {
    const bool isWord = option.position_key >= 0;
    if (!isWord && option.string_key == kWord) return usage("there is no option --word");
    auto value = option.value.empty() ? std::string() : option.value.front();
    if (!isWord) return OptionToken{option.string_key, std::move(value)};
    // Short options are switched off, so one comes as a word, and "--=x" comes as the word "x".
    const auto& tokens = option.original_tokens;
    const auto& given = tokens.empty() ? value : tokens.front();
    if (given.starts_with('-')) return usage("there is no option " + given);
    return OptionToken{{}, std::move(value)};
}

}  // namespace

Result<std::vector<OptionToken>> readOptionTokens(const std::vector<std::string>& arguments,
                                                  std::span<const KnownOption> known) {
    po::options_description options;
    auto add = options.add_options();
    for (const auto& option : known) {
        const std::string name(option.name);
        if (option.hasValue)
            add(name.c_str(), po::value<std::vector<std::string>>(), "");
        else
            add(name.c_str(), "");
    }
    add(kWord, po::value<std::vector<std::string>>(), "");
    po::positional_options_description words;
    words.add(kWord, -1);
    using namespace po::command_line_style;
    std::vector<OptionToken> tokens;
    try {
        // No guessing: an abbreviation would change its meaning when an option is added.
        const auto parsed = po::command_line_parser(arguments)
                                .options(options)
                                .positional(words)
                                .style(unix_style & ~allow_guessing & ~allow_short)
                                .run();
        for (const auto& option : parsed.options) {
            auto token = tokenOf(option);
            if (!token) return fail(token.error());
            tokens.push_back(std::move(*token));
        }
    } catch (const std::exception& fault) {
        return usage(fault.what());
    }
    return tokens;
}

}  // namespace signet
