// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/file.hpp"

#include "base/fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace signet {
namespace {

std::string errnoText(const std::filesystem::path& path) {
    return path.string() + ": " + std::generic_category().message(errno);
}

tl::unexpected<Error> unwritable(const std::filesystem::path& path) {
    return fail(ErrorCode::internalError, errnoText(path), "file_unwritable");
}

tl::unexpected<Error> unreadable(const std::filesystem::path& path, const char* reason,
                                 const std::string& detail) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = reason;
    error.detail = detail;
    error.params["name"] = path.string();
    return fail(std::move(error));
}

bool writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A rename is on the disk when its folder is. What fails here has been written all the same, and not every
/// file system can do it.
void syncFolder(const std::filesystem::path& folder) {
    const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.isOpen()) (void)::fsync(fd.get());
}

}  // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes) {
    const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isOpen())
        return unreadable(path, errno == ENOENT ? "file_missing" : "file_unreadable", errnoText(path));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return unreadable(path, "file_unreadable", path.string() + ": not a regular file");
    std::string content;
    std::array<char, 16384> buffer{};
    for (;;) {
        const auto count = ::read(fd.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable(path, "file_unreadable", errnoText(path));
        if (count == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(count));
        if (content.size() > maxBytes)
            return unreadable(path, "file_too_large", path.string() + ": larger than allowed");
    }
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content) {
    std::string temporary = path.string() + ".XXXXXX";
    const Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd.isOpen()) return unwritable(path);
    if (!writeAll(fd.get(), content) || ::fsync(fd.get()) != 0 ||
        ::rename(temporary.c_str(), path.c_str()) != 0) {
        const auto error = unwritable(path);
        ::unlink(temporary.c_str());
        return error;
    }
    syncFolder(path.parent_path());
    return {};
}

Result<void> writeNewFile(const std::filesystem::path& path, std::string_view content) {
    std::string temporary = path.string() + ".XXXXXX";
    const Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd.isOpen()) return unwritable(path);
    const bool isWritten =
        ::fchmod(fd.get(), 0644) == 0 && writeAll(fd.get(), content) && ::fsync(fd.get()) == 0;
    // A second name, not a rename: that would replace what is there.
    const bool isNamed = isWritten && ::link(temporary.c_str(), path.c_str()) == 0;
    const bool isThere = isWritten && !isNamed && errno == EEXIST;
    Result<void> result;
    if (!isNamed) result = unwritable(path);
    if (isThere) {
        result.error().code = ErrorCode::invalidRequest;
        result.error().reason = "file_exists";
        result.error().params["name"] = path.string();
    }
    ::unlink(temporary.c_str());
    syncFolder(path.parent_path());
    return result;
}

Result<void> makePrivateFolder(const std::filesystem::path& path) {
    if (path.empty() || path == path.root_path()) return {};
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) return {};
        errno = ENOTDIR;
        return unwritable(path);
    }
    if (auto parent = makePrivateFolder(path.parent_path()); !parent) return parent;
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(path);
    return {};
}

Result<void> appendLine(const std::filesystem::path& path, std::string_view line) {
    const Fd fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    struct stat before {};
    if (!fd.isOpen() || ::fstat(fd.get(), &before) != 0) return unwritable(path);
    const std::string whole = std::string(line) + "\n";
    if (writeAll(fd.get(), whole)) return {};
    auto error = unwritable(path);
    (void)!::ftruncate(fd.get(), before.st_size);
    return error;
}

}  // namespace signet
