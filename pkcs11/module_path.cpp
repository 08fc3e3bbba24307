// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/module_discovery.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace signet {
namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& path, const char* reason, const std::string& why) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = reason;
    error.detail = path.string() + ": " + why;
    error.params["name"] = error.detail;
    error.params["module"] = path.filename().string();
    return fail(std::move(error));
}

bool isTrustedOwner(uid_t owner) {
    return owner == 0 || owner == ::geteuid();
}

/// The user's own group may be shared with others, so only root's group may write.
bool isWritableByOthers(const struct stat& status) {
    return (status.st_mode & S_IWOTH) != 0 || ((status.st_mode & S_IWGRP) != 0 && status.st_gid != 0);
}

/// In a sticky folder only the owners of the folder and of the entry can rename or remove it; both are looked
/// at.
bool isSticky(const struct stat& status) {
    return S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
}

/// Walks from the file to the root; `path` has no symbolic links left.
Result<void> checkOwners(std::filesystem::path path) {
    for (;;) {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) return refuse(path, "module_missing", "it cannot be read");
        if (!isTrustedOwner(status.st_uid) || (isWritableByOthers(status) && !isSticky(status)))
            return refuse(path, "module_writable", "others than root and this user can change it");
        if (path == path.root_path()) return {};
        path = path.parent_path();
    }
}

}  // namespace

Result<std::filesystem::path> checkModulePath(const std::filesystem::path& path) {
    if (!path.is_absolute()) return refuse(path, "module_relative", "the path of a module must be absolute");
    std::error_code fault;
    const auto real = std::filesystem::canonical(path, fault);
    if (fault) return refuse(path, "module_missing", fault.message());
    if (!std::filesystem::is_regular_file(real, fault))
        return refuse(path, "module_missing", "it is not a regular file");
    if (const auto checked = checkOwners(real); !checked) return fail(checked.error());
    return real;
}

}  // namespace signet
