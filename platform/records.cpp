// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/records.hpp"

#include <array>
#include <utility>

namespace signet {
namespace {

template <class T, std::size_t n>
using Names = std::array<std::pair<T, std::string_view>, n>;

constexpr Names<LoginState, 4> kLoginStates{{{LoginState::issued, "ISSUED"},
                                             {LoginState::consumed, "CONSUMED"},
                                             {LoginState::redeemed, "REDEEMED"},
                                             {LoginState::expired, "EXPIRED"}}};
constexpr Names<AccountState, 5> kAccountStates{{{AccountState::active, "active"},
                                                 {AccountState::restricted, "restricted"},
                                                 {AccountState::suspended, "suspended"},
                                                 {AccountState::frozen, "frozen"},
                                                 {AccountState::terminated, "terminated"}}};
constexpr Names<BindingState, 3> kBindingStates{{{BindingState::pending, "pending"},
                                                 {BindingState::active, "active"},
                                                 {BindingState::revoked, "revoked"}}};

template <class T, std::size_t n>
std::string_view nameOf(const Names<T, n>& names, T value) {
    return names.at(static_cast<std::size_t>(value)).second;
}

template <class T, std::size_t n>
std::optional<T> valueOf(const Names<T, n>& names, std::string_view name) {
    for (const auto& [value, text] : names)
        if (text == name) return value;
    return std::nullopt;
}

}  // namespace

std::string_view toString(LoginState state) {
    return nameOf(kLoginStates, state);
}
std::optional<LoginState> loginStateFromName(std::string_view name) {
    return valueOf(kLoginStates, name);
}

std::string_view toString(AccountState state) {
    return nameOf(kAccountStates, state);
}
std::optional<AccountState> accountStateFromName(std::string_view name) {
    return valueOf(kAccountStates, name);
}

std::optional<ErrorCode> refusalOf(AccountState state) {
    switch (state) {
        case AccountState::active:
            return std::nullopt;
        case AccountState::restricted:
            return ErrorCode::accountRestricted;
        case AccountState::suspended:
            return ErrorCode::accountSuspended;
        case AccountState::frozen:
            return ErrorCode::accountFrozen;
        case AccountState::terminated:
            return ErrorCode::accountTerminated;
    }
    return ErrorCode::internalError;
}

std::string_view toString(BindingState state) {
    return nameOf(kBindingStates, state);
}
std::optional<BindingState> bindingStateFromName(std::string_view name) {
    return valueOf(kBindingStates, name);
}

}  // namespace signet
