// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace signet {
namespace {

struct Row {
    CK_RV rv;
    const char* name;
    ErrorCode code;
    const char* reason;
};

// clang-format off
constexpr std::array kTable{
    Row{CKR_CANCEL,                        "CKR_CANCEL",                        ErrorCode::userCancelled, "token_cancelled"},
    Row{CKR_HOST_MEMORY,                   "CKR_HOST_MEMORY",                   ErrorCode::tokenError,    "host_memory"},
    Row{CKR_SLOT_ID_INVALID,               "CKR_SLOT_ID_INVALID",               ErrorCode::tokenRemoved,  "slot_gone"},
    Row{CKR_GENERAL_ERROR,                 "CKR_GENERAL_ERROR",                 ErrorCode::tokenError,    "general_error"},
    Row{CKR_FUNCTION_FAILED,               "CKR_FUNCTION_FAILED",               ErrorCode::tokenError,    "function_failed"},
    Row{CKR_ARGUMENTS_BAD,                 "CKR_ARGUMENTS_BAD",                 ErrorCode::tokenError,    "arguments_refused"},
    Row{CKR_NEED_TO_CREATE_THREADS,        "CKR_NEED_TO_CREATE_THREADS",        ErrorCode::moduleFailed,  "initialize_failed"},
    Row{CKR_CANT_LOCK,                     "CKR_CANT_LOCK",                     ErrorCode::moduleFailed,  "initialize_failed"},
    Row{CKR_ATTRIBUTE_SENSITIVE,           "CKR_ATTRIBUTE_SENSITIVE",           ErrorCode::tokenError,    "attribute_refused"},
    Row{CKR_ATTRIBUTE_TYPE_INVALID,        "CKR_ATTRIBUTE_TYPE_INVALID",        ErrorCode::tokenError,    "attribute_refused"},
    Row{CKR_ATTRIBUTE_VALUE_INVALID,       "CKR_ATTRIBUTE_VALUE_INVALID",       ErrorCode::tokenError,    "attribute_refused"},
    Row{CKR_ACTION_PROHIBITED,             "CKR_ACTION_PROHIBITED",             ErrorCode::tokenError,    "action_prohibited"},
    Row{CKR_DATA_INVALID,                  "CKR_DATA_INVALID",                  ErrorCode::tokenError,    "data_refused"},
    Row{CKR_DATA_LEN_RANGE,                "CKR_DATA_LEN_RANGE",                ErrorCode::tokenError,    "data_refused"},
    Row{CKR_DEVICE_ERROR,                  "CKR_DEVICE_ERROR",                  ErrorCode::tokenError,    "device_error"},
    Row{CKR_DEVICE_MEMORY,                 "CKR_DEVICE_MEMORY",                 ErrorCode::tokenError,    "device_memory"},
    Row{CKR_DEVICE_REMOVED,                "CKR_DEVICE_REMOVED",                ErrorCode::tokenRemoved,  "device_removed"},
    Row{CKR_FUNCTION_CANCELED,             "CKR_FUNCTION_CANCELED",             ErrorCode::userCancelled, "token_cancelled"},
    Row{CKR_FUNCTION_NOT_SUPPORTED,        "CKR_FUNCTION_NOT_SUPPORTED",        ErrorCode::tokenError,    "function_not_supported"},
    Row{CKR_KEY_HANDLE_INVALID,            "CKR_KEY_HANDLE_INVALID",            ErrorCode::tokenError,    "key_handle_invalid"},
    Row{CKR_KEY_SIZE_RANGE,                "CKR_KEY_SIZE_RANGE",                ErrorCode::algNotAllowed, "key_size"},
    Row{CKR_KEY_TYPE_INCONSISTENT,         "CKR_KEY_TYPE_INCONSISTENT",         ErrorCode::algNotAllowed, "key_type"},
    Row{CKR_KEY_FUNCTION_NOT_PERMITTED,    "CKR_KEY_FUNCTION_NOT_PERMITTED",    ErrorCode::tokenError,    "key_not_for_signing"},
    Row{CKR_MECHANISM_INVALID,             "CKR_MECHANISM_INVALID",             ErrorCode::algNotAllowed, "mechanism_refused"},
    Row{CKR_MECHANISM_PARAM_INVALID,       "CKR_MECHANISM_PARAM_INVALID",       ErrorCode::algNotAllowed, "mechanism_refused"},
    Row{CKR_OBJECT_HANDLE_INVALID,         "CKR_OBJECT_HANDLE_INVALID",         ErrorCode::tokenError,    "object_handle_invalid"},
    Row{CKR_OPERATION_ACTIVE,              "CKR_OPERATION_ACTIVE",              ErrorCode::tokenError,    "operation_active"},
    Row{CKR_OPERATION_NOT_INITIALIZED,     "CKR_OPERATION_NOT_INITIALIZED",     ErrorCode::tokenError,    "operation_not_initialized"},
    Row{CKR_PIN_INCORRECT,                 "CKR_PIN_INCORRECT",                 ErrorCode::pinIncorrect,  ""},
    Row{CKR_PIN_INVALID,                   "CKR_PIN_INVALID",                   ErrorCode::pinIncorrect,  "pin_characters"},
    Row{CKR_PIN_LEN_RANGE,                 "CKR_PIN_LEN_RANGE",                 ErrorCode::pinIncorrect,  "pin_length"},
    Row{CKR_PIN_EXPIRED,                   "CKR_PIN_EXPIRED",                   ErrorCode::tokenError,    "pin_expired"},
    Row{CKR_PIN_LOCKED,                    "CKR_PIN_LOCKED",                    ErrorCode::pinLocked,     ""},
    Row{CKR_SESSION_CLOSED,                "CKR_SESSION_CLOSED",                ErrorCode::tokenRemoved,  "session_closed"},
    Row{CKR_SESSION_COUNT,                 "CKR_SESSION_COUNT",                 ErrorCode::tokenError,    "too_many_sessions"},
    // The handles are our own and fresh: a token that is pulled out closes its sessions (section 5.6).
    Row{CKR_SESSION_HANDLE_INVALID,        "CKR_SESSION_HANDLE_INVALID",        ErrorCode::tokenRemoved,  "session_closed"},
    Row{CKR_SESSION_PARALLEL_NOT_SUPPORTED, "CKR_SESSION_PARALLEL_NOT_SUPPORTED", ErrorCode::tokenError,  "session_refused"},
    Row{CKR_SESSION_READ_ONLY,             "CKR_SESSION_READ_ONLY",             ErrorCode::tokenError,    "read_only"},
    Row{CKR_SESSION_EXISTS,                "CKR_SESSION_EXISTS",                ErrorCode::tokenError,    "session_refused"},
    Row{CKR_SESSION_READ_ONLY_EXISTS,      "CKR_SESSION_READ_ONLY_EXISTS",      ErrorCode::tokenError,    "session_refused"},
    Row{CKR_SESSION_READ_WRITE_SO_EXISTS,  "CKR_SESSION_READ_WRITE_SO_EXISTS",  ErrorCode::tokenError,    "session_refused"},
    Row{CKR_TEMPLATE_INCOMPLETE,           "CKR_TEMPLATE_INCOMPLETE",           ErrorCode::tokenError,    "template_refused"},
    Row{CKR_TEMPLATE_INCONSISTENT,         "CKR_TEMPLATE_INCONSISTENT",         ErrorCode::tokenError,    "template_refused"},
    Row{CKR_TOKEN_NOT_PRESENT,             "CKR_TOKEN_NOT_PRESENT",             ErrorCode::tokenRemoved,  "token_not_present"},
    Row{CKR_TOKEN_NOT_RECOGNIZED,          "CKR_TOKEN_NOT_RECOGNIZED",          ErrorCode::tokenError,    "token_not_recognized"},
    Row{CKR_TOKEN_WRITE_PROTECTED,         "CKR_TOKEN_WRITE_PROTECTED",         ErrorCode::tokenError,    "read_only"},
    Row{CKR_USER_ALREADY_LOGGED_IN,        "CKR_USER_ALREADY_LOGGED_IN",        ErrorCode::tokenError,    "already_logged_in"},
    Row{CKR_USER_NOT_LOGGED_IN,            "CKR_USER_NOT_LOGGED_IN",            ErrorCode::tokenError,    "not_logged_in"},
    Row{CKR_USER_PIN_NOT_INITIALIZED,      "CKR_USER_PIN_NOT_INITIALIZED",      ErrorCode::tokenError,    "pin_not_set"},
    Row{CKR_USER_TYPE_INVALID,             "CKR_USER_TYPE_INVALID",             ErrorCode::tokenError,    "user_type_refused"},
    Row{CKR_USER_ANOTHER_ALREADY_LOGGED_IN, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN", ErrorCode::tokenError,  "already_logged_in"},
    Row{CKR_USER_TOO_MANY_TYPES,           "CKR_USER_TOO_MANY_TYPES",           ErrorCode::tokenError,    "already_logged_in"},
    Row{CKR_RANDOM_NO_RNG,                 "CKR_RANDOM_NO_RNG",                 ErrorCode::tokenError,    "no_random_numbers"},
    Row{CKR_BUFFER_TOO_SMALL,              "CKR_BUFFER_TOO_SMALL",              ErrorCode::tokenError,    "length_out_of_range"},
    Row{CKR_CRYPTOKI_NOT_INITIALIZED,      "CKR_CRYPTOKI_NOT_INITIALIZED",      ErrorCode::moduleFailed,  "not_initialized"},
    Row{CKR_MUTEX_BAD,                     "CKR_MUTEX_BAD",                     ErrorCode::tokenError,    "locking"},
    Row{CKR_MUTEX_NOT_LOCKED,              "CKR_MUTEX_NOT_LOCKED",              ErrorCode::tokenError,    "locking"},
    Row{CKR_PIN_TOO_WEAK,                  "CKR_PIN_TOO_WEAK",                  ErrorCode::badRequest,    "pin_weak"},
    Row{CKR_FUNCTION_REJECTED,             "CKR_FUNCTION_REJECTED",             ErrorCode::userCancelled, "token_cancelled"},
};
// clang-format on

const Row* find(CK_RV rv) {
    const auto* row = std::find_if(kTable.begin(), kTable.end(), [rv](const Row& r) { return r.rv == rv; });
    return row == kTable.end() ? nullptr : row;
}

std::string hex(CK_RV rv) {
    std::array<char, 2 * sizeof(rv)> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), rv, 16).ptr;
    return "0x" + std::string(digits.data(), end);
}

}  // namespace

std::string ckName(CK_RV rv) {
    const Row* row = find(rv);
    return row == nullptr ? hex(rv) : std::string(row->name) + " (" + hex(rv) + ")";
}

Error ckError(CK_RV rv, std::string_view function) {
    Error error;
    const Row* row = find(rv);
    error.code = row == nullptr ? ErrorCode::tokenError : row->code;
    error.reason = row == nullptr ? "unknown_code" : row->reason;
    error.detail = std::string(function) + ": " + ckName(rv);
    if (error.code == ErrorCode::pinLocked) error.triesLeft = 0;
    return error;
}

}  // namespace signet
