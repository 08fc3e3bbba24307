// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/policy.hpp"

#include "base/file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace signet {
namespace {

constexpr std::size_t kMaxPolicyBytes = 256 * 1024;

tl::unexpected<Error> refused(const std::filesystem::path& file, const char* reason,
                              const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = reason;
    error.detail = file.string() + ": " + what;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

/// Nobody but the administrator (and root) can change it; in a sticky folder nobody can replace what another
/// owns.
bool isSafe(const std::filesystem::path& path, uid_t administrator) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return false;
    const bool isOwned = status.st_uid == administrator || status.st_uid == 0;
    const bool isSticky = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
    return isOwned && ((status.st_mode & (S_IWGRP | S_IWOTH)) == 0 || isSticky);
}

/// The first part of the path that someone else could change; empty when there is none. What is not there yet
/// is made by who may write to the folder above it.
std::filesystem::path unsafePart(const std::filesystem::path& file, uid_t administrator) {
    for (auto part = file;; part = part.parent_path()) {
        struct stat status {};
        const bool isThere = ::lstat(part.c_str(), &status) == 0 || errno != ENOENT;
        if (isThere && !isSafe(part, administrator)) return part;
        if (part == part.root_path()) return {};
    }
}

Result<void> checkParts(const std::filesystem::path& file, const std::filesystem::path& path,
                        uid_t administrator) {
    const auto part = unsafePart(path, administrator);
    if (part.empty()) return {};
    return refused(file, "policy_unsafe", part.string() + " can be changed by others than the administrator");
}

}  // namespace

Result<std::optional<LayerEntries>> readPolicy(const std::filesystem::path& file, uid_t administrator) {
    // Before the file itself: who can write to its folder can take the policy away, or put a link in its
    // place.
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (auto checked = checkParts(file, folder, administrator); !checked) return fail(checked.error());
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0) {
        if (errno == ENOENT) return std::optional<LayerEntries>();
        return refused(file, "policy_unreadable", std::generic_category().message(errno));
    }
    std::error_code fault;
    const auto resolved = std::filesystem::canonical(file, fault);
    if (fault) return refused(file, "policy_unreadable", fault.message());
    if (auto checked = checkParts(file, resolved, administrator); !checked) return fail(checked.error());
    const auto text = readFile(resolved, kMaxPolicyBytes);
    if (!text) return refused(file, "policy_unreadable", text.error().detail);
    auto entries = parseConfiguration(ConfigurationLayer::policy, *text, file.string());
    if (!entries) return fail(entries.error());
    return std::optional<LayerEntries>(std::move(*entries));
}

}  // namespace signet
