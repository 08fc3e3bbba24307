// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace signet::fake {
namespace {

struct Name {
    std::string_view text;
    unsigned long value;
};

#define SIGNET_NAME(symbol) \
    Name {                  \
#symbol, symbol     \
    }

constexpr std::array kReturnValues{
    SIGNET_NAME(CKR_OK),
    SIGNET_NAME(CKR_CANCEL),
    SIGNET_NAME(CKR_HOST_MEMORY),
    SIGNET_NAME(CKR_SLOT_ID_INVALID),
    SIGNET_NAME(CKR_GENERAL_ERROR),
    SIGNET_NAME(CKR_FUNCTION_FAILED),
    SIGNET_NAME(CKR_ARGUMENTS_BAD),
    SIGNET_NAME(CKR_NO_EVENT),
    SIGNET_NAME(CKR_CANT_LOCK),
    SIGNET_NAME(CKR_NEED_TO_CREATE_THREADS),
    SIGNET_NAME(CKR_ATTRIBUTE_SENSITIVE),
    SIGNET_NAME(CKR_ATTRIBUTE_TYPE_INVALID),
    SIGNET_NAME(CKR_DATA_INVALID),
    SIGNET_NAME(CKR_DATA_LEN_RANGE),
    SIGNET_NAME(CKR_DEVICE_ERROR),
    SIGNET_NAME(CKR_DEVICE_MEMORY),
    SIGNET_NAME(CKR_DEVICE_REMOVED),
    SIGNET_NAME(CKR_FUNCTION_CANCELED),
    SIGNET_NAME(CKR_FUNCTION_NOT_SUPPORTED),
    SIGNET_NAME(CKR_KEY_HANDLE_INVALID),
    SIGNET_NAME(CKR_KEY_TYPE_INCONSISTENT),
    SIGNET_NAME(CKR_KEY_FUNCTION_NOT_PERMITTED),
    SIGNET_NAME(CKR_MECHANISM_INVALID),
    SIGNET_NAME(CKR_MECHANISM_PARAM_INVALID),
    SIGNET_NAME(CKR_OBJECT_HANDLE_INVALID),
    SIGNET_NAME(CKR_OPERATION_ACTIVE),
    SIGNET_NAME(CKR_OPERATION_NOT_INITIALIZED),
    SIGNET_NAME(CKR_PIN_INCORRECT),
    SIGNET_NAME(CKR_PIN_INVALID),
    SIGNET_NAME(CKR_PIN_LEN_RANGE),
    SIGNET_NAME(CKR_PIN_EXPIRED),
    SIGNET_NAME(CKR_PIN_LOCKED),
    SIGNET_NAME(CKR_SESSION_CLOSED),
    SIGNET_NAME(CKR_SESSION_COUNT),
    SIGNET_NAME(CKR_SESSION_HANDLE_INVALID),
    SIGNET_NAME(CKR_SESSION_PARALLEL_NOT_SUPPORTED),
    SIGNET_NAME(CKR_SESSION_READ_ONLY),
    SIGNET_NAME(CKR_TOKEN_NOT_PRESENT),
    SIGNET_NAME(CKR_TOKEN_NOT_RECOGNIZED),
    SIGNET_NAME(CKR_TOKEN_WRITE_PROTECTED),
    SIGNET_NAME(CKR_USER_ALREADY_LOGGED_IN),
    SIGNET_NAME(CKR_USER_NOT_LOGGED_IN),
    SIGNET_NAME(CKR_USER_PIN_NOT_INITIALIZED),
    SIGNET_NAME(CKR_USER_TYPE_INVALID),
    SIGNET_NAME(CKR_BUFFER_TOO_SMALL),
    SIGNET_NAME(CKR_CRYPTOKI_NOT_INITIALIZED),
    SIGNET_NAME(CKR_CRYPTOKI_ALREADY_INITIALIZED),
    SIGNET_NAME(CKR_PIN_TOO_WEAK),
    SIGNET_NAME(CKR_FUNCTION_REJECTED),
};

constexpr std::array kMechanisms{
    SIGNET_NAME(CKM_RSA_PKCS),        SIGNET_NAME(CKM_RSA_PKCS_PSS),
    SIGNET_NAME(CKM_SHA256_RSA_PKCS), SIGNET_NAME(CKM_SHA256_RSA_PKCS_PSS),
    SIGNET_NAME(CKM_ECDSA),           SIGNET_NAME(CKM_ECDSA_SHA256),
    SIGNET_NAME(CKM_ECDSA_SHA384),
};

constexpr std::array kTokenFlags{
    Name{"token-initialized", CKF_TOKEN_INITIALIZED},
    Name{"user-pin-initialized", CKF_USER_PIN_INITIALIZED},
    Name{"user-pin-count-low", CKF_USER_PIN_COUNT_LOW},
    Name{"user-pin-final-try", CKF_USER_PIN_FINAL_TRY},
    Name{"user-pin-locked", CKF_USER_PIN_LOCKED},
    Name{"user-pin-to-be-changed", CKF_USER_PIN_TO_BE_CHANGED},
    Name{"protected-path", CKF_PROTECTED_AUTHENTICATION_PATH},
    Name{"login-required", CKF_LOGIN_REQUIRED},
};

constexpr std::array<std::string_view, 26> kFunctions{
    "C_CloseAllSessions", "C_CloseSession",
    "C_CreateObject",     "C_Finalize",
    "C_FindObjects",      "C_FindObjectsFinal",
    "C_FindObjectsInit",  "C_GetAttributeValue",
    "C_GetFunctionList",  "C_GetInfo",
    "C_GetMechanismInfo", "C_GetMechanismList",
    "C_GetSessionInfo",   "C_GetSlotInfo",
    "C_GetSlotList",      "C_GetTokenInfo",
    "C_Initialize",       "C_Login",
    "C_Logout",           "C_OpenSession",
    "C_SetPIN",           "C_Sign",
    "C_SignFinal",        "C_SignInit",
    "C_SignUpdate",       "C_WaitForSlotEvent",
};

template <class Table>
std::optional<unsigned long> valueIn(const Table& table, std::string_view text) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Name& row) { return row.text == text; });
    if (found == table.end()) return std::nullopt;
    return found->value;
}

template <class Table>
std::optional<unsigned long> valueOrNumber(const Table& table, std::string_view text) {
    const auto value = valueIn(table, text);
    return value ? value : numberFromText(text);
}

}  // namespace

std::string rvName(CK_RV rv) {
    const auto found = std::find_if(kReturnValues.begin(), kReturnValues.end(),
                                    [&](const Name& row) { return row.value == rv; });
    if (found != kReturnValues.end()) return std::string(found->text);
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "0x%lx", rv);
    return text.data();
}

std::optional<CK_RV> rvFromName(std::string_view name) {
    return valueOrNumber(kReturnValues, name);
}

std::optional<CK_MECHANISM_TYPE> mechanismFromName(std::string_view name) {
    return valueOrNumber(kMechanisms, name);
}

std::optional<CK_FLAGS> tokenFlagFromName(std::string_view name) {
    return valueIn(kTokenFlags, name);
}

bool isFunctionName(std::string_view name) {
    return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

std::optional<unsigned long> numberFromText(std::string_view text) {
    const bool isHex = text.starts_with("0x");
    if (isHex) text.remove_prefix(2);
    unsigned long value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, isHex ? 16 : 10);
    if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

}  // namespace signet::fake
