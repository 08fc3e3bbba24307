// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace signet {
namespace {

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kUsccLength = 18;
constexpr std::size_t kIdLength = 18;
constexpr std::size_t kOrganisationCodeLength = 9;
constexpr std::size_t kOrganisationCodeInUscc = 8;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isDigit);
}

/// Bug if a character is no digit.
int numberFrom(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

bool isBirthDate(std::string_view yyyymmdd) {
    const int year = numberFrom(yyyymmdd.substr(0, 4));
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(numberFrom(yyyymmdd.substr(4, 2)))},
        std::chrono::day{static_cast<unsigned>(numberFrom(yyyymmdd.substr(6, 2)))}};
    return year >= 1800 && year < 2200 && date.ok();
}

/// GB 11714 counts 0-9 as they are and A-Z from 10; -1 for anything else.
int organisationCodeValue(char c) {
    if (isDigit(c)) return c - '0';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

}  // namespace

std::string_view toString(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::person:
            return "person";
        case SubjectKind::enterprise:
            return "enterprise";
    }
    return "";
}

bool isUsccShaped(std::string_view uscc) {
    if (uscc.size() != kUsccLength || uscc.find_first_not_of(kUsccAlphabet) != std::string_view::npos)
        return false;
    return areDigits(uscc.substr(2, 6));
}

bool usccCheckFits(std::string_view uscc) {
    if (!isUsccShaped(uscc)) return false;
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (const char c : uscc.substr(0, kUsccLength - 1)) {
        sum += kUsccAlphabet.find(c) * weight;
        weight = weight * 3 % kUsccAlphabet.size();
    }
    return kUsccAlphabet[(kUsccAlphabet.size() - sum % kUsccAlphabet.size()) % kUsccAlphabet.size()] ==
           uscc.back();
}

bool isIdNumberShaped(std::string_view id) {
    if (id.size() != kIdLength || !areDigits(id.substr(0, kIdLength - 1))) return false;
    return (isDigit(id.back()) || id.back() == 'X') && isBirthDate(id.substr(6, 8));
}

bool idNumberCheckFits(std::string_view id) {
    if (!isIdNumberShaped(id)) return false;
    constexpr std::array<int, kIdLength - 1> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (id[i] - '0') * kWeights[i];
    constexpr std::string_view kCheckDigits = "10X98765432";
    return kCheckDigits[static_cast<std::size_t>(sum % 11)] == id.back();
}

bool organisationCodeFits(std::string_view code) {
    if (code.size() != kOrganisationCodeLength) return false;
    constexpr std::array<int, kOrganisationCodeLength - 1> kWeights{3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        const int value = organisationCodeValue(code[i]);
        if (value < 0) return false;
        sum += value * kWeights[i];
    }
    constexpr std::string_view kCheckDigits = "0X987654321";
    return kCheckDigits[static_cast<std::size_t>(sum % 11)] == code.back();
}

std::string organisationCodeOf(std::string_view number) {
    if (isUsccShaped(number))
        return std::string(number.substr(kOrganisationCodeInUscc, kOrganisationCodeLength));
    return organisationCodeFits(number) ? std::string(number) : std::string();
}

std::string enterpriseKeyOf(std::string_view number) {
    auto code = organisationCodeOf(number);
    return code.empty() ? std::string(number) : code;
}

std::string maskedNumber(std::string_view number) {
    const std::size_t shown = std::min<std::size_t>(4, number.size() / 4);
    std::string masked(number);
    std::fill(masked.begin() + static_cast<std::ptrdiff_t>(shown),
              masked.end() - static_cast<std::ptrdiff_t>(shown), '*');
    return masked;
}

}  // namespace signet
