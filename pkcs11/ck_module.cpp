// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_module.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/token_text.hpp"

#include <dlfcn.h>

#include <utility>

namespace signet {
namespace {

tl::unexpected<Error> loadFailed(const std::filesystem::path& path, std::string detail, const char* reason) {
    Error error;
    error.code = ErrorCode::moduleFailed;
    error.reason = reason;
    error.detail = std::move(detail);
    error.params["module"] = path.filename().string();
    return fail(std::move(error));
}

/// The first function that we call and the module has not, or nullptr.
const char* missingFunction(const CK_FUNCTION_LIST& api) {
#define SIGNET_NEEDS(name) \
    if (api.name == nullptr) return #name
    SIGNET_NEEDS(C_Initialize);
    SIGNET_NEEDS(C_Finalize);
    SIGNET_NEEDS(C_GetInfo);
    SIGNET_NEEDS(C_GetSlotList);
    SIGNET_NEEDS(C_GetSlotInfo);
    SIGNET_NEEDS(C_GetTokenInfo);
    SIGNET_NEEDS(C_GetMechanismList);
    SIGNET_NEEDS(C_GetMechanismInfo);
    SIGNET_NEEDS(C_OpenSession);
    SIGNET_NEEDS(C_CloseSession);
    SIGNET_NEEDS(C_GetSessionInfo);
    SIGNET_NEEDS(C_Login);
    SIGNET_NEEDS(C_Logout);
    SIGNET_NEEDS(C_SetPIN);
    SIGNET_NEEDS(C_FindObjectsInit);
    SIGNET_NEEDS(C_FindObjects);
    SIGNET_NEEDS(C_FindObjectsFinal);
    SIGNET_NEEDS(C_GetAttributeValue);
    SIGNET_NEEDS(C_SignInit);
    SIGNET_NEEDS(C_Sign);
#undef SIGNET_NEEDS
    return nullptr;
}

Result<CK_FUNCTION_LIST*> functionList(const std::filesystem::path& path) {
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* text = ::dlerror();
        return loadFailed(path, text == nullptr ? "dlopen failed" : text, "load_failed");
    }
    const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    if (get == nullptr)
        return loadFailed(path, "it has no C_GetFunctionList: not a PKCS#11 module", "load_failed");
    CK_FUNCTION_LIST* api = nullptr;
    const CK_RV rv = get(&api);
    if (rv != CKR_OK || api == nullptr)
        return loadFailed(path, "C_GetFunctionList: " + ckName(rv), "load_failed");
    if (const char* missing = missingFunction(*api))
        return loadFailed(path, std::string("its function list lacks ") + missing, "load_failed");
    return api;
}

/// Source: PKCS#11 v2.40 section 5.4 (C_Initialize). Some say of arguments that they do not know that they
/// are bad.
bool refusesThreads(CK_RV rv) {
    return rv == CKR_CANT_LOCK || rv == CKR_NEED_TO_CREATE_THREADS || rv == CKR_ARGUMENTS_BAD;
}

}  // namespace

Result<Module> Module::load(const std::filesystem::path& path) {
    const auto api = functionList(path);
    if (!api) return fail(api.error());
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    CK_RV rv = (*api)->C_Initialize(&arguments);
    const bool isThreadSafe = !refusesThreads(rv);
    if (!isThreadSafe) rv = (*api)->C_Initialize(nullptr);
    if (rv != CKR_OK && rv != CKR_CRYPTOKI_ALREADY_INITIALIZED)
        return loadFailed(path, "C_Initialize: " + ckName(rv), "initialize_failed");
    return Module(*api, isThreadSafe, rv == CKR_OK);
}

Module::Module(Module&& other) noexcept
    : m_api(other.m_api),
      m_isThreadSafe(other.m_isThreadSafe),
      m_isOurs(std::exchange(other.m_isOurs, false)) {
}

Module::~Module() {
    if (m_isOurs) (void)m_api->C_Finalize(nullptr);
}

std::string Module::description() const {
    CK_INFO info{};
    if (m_api->C_GetInfo(&info) != CKR_OK) return {};
    return tokenText(info.libraryDescription) + " (" + tokenText(info.manufacturerID) + ") " +
           std::to_string(info.libraryVersion.major) + "." + std::to_string(info.libraryVersion.minor);
}

}  // namespace signet
