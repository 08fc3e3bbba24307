// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <string>

namespace signet {

/// A loaded and initialised PKCS#11 module; C_Finalize at its end. The library stays mapped: vendors'
/// libraries leave threads and exit handlers behind that crash after dlclose().
/// Thread: one at a time.
class Module {
public:
    /// dlopen, C_GetFunctionList, C_Initialize with CKF_OS_LOCKING_OK; a module without support for threads
    /// is initialised for one. A library that somebody in this process has initialised already is used and
    /// not finalised. Errors: moduleFailed with reason "load_failed" (the linker's text in `detail`) or
    /// "initialize_failed".
    static Result<Module> load(const std::filesystem::path& path);
    Module(Module&& other) noexcept;
    Module& operator=(Module&&) = delete;
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    ~Module();

    const CK_FUNCTION_LIST& api() const { return *m_api; }
    /// Whether it took CKF_OS_LOCKING_OK: only then may two threads call it.
    bool isThreadSafe() const { return m_isThreadSafe; }
    /// Library description, manufacturer and version of C_GetInfo; empty when the module does not tell.
    std::string description() const;

private:
    Module(CK_FUNCTION_LIST* api, bool isThreadSafe, bool isOurs)
        : m_api(api), m_isThreadSafe(isThreadSafe), m_isOurs(isOurs) {}

    CK_FUNCTION_LIST* m_api = nullptr;
    bool m_isThreadSafe = true;
    bool m_isOurs = false;  ///< we called C_Initialize with success
};

}  // namespace signet
