// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/file.hpp"
#include "certs/localhost_certificate.hpp"
#include "certs/openssl.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{64} * 1024;

tl::unexpected<Error> broken(const std::filesystem::path& path, const char* what) {
    Error error{.code = ErrorCode::configurationInvalid, .reason = "localhost_certificate_broken"};
    error.detail = path.string() + ": " + what;
    error.params["name"] = path.string();
    return fail(std::move(error));
}

/// The user or the administrator owns it; a group may read the pair of a machine, others never.
bool isPrivate(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           (status.st_uid == ::geteuid() || status.st_uid == 0) && (status.st_mode & 0137) == 0;
}

/// A text with a private key does not stay in memory.
class WipedText {
public:
    explicit WipedText(std::string text) : m_text(std::move(text)) {}
    ~WipedText() { wipe(m_text.data(), m_text.size()); }
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    const std::string& get() const { return m_text; }

private:
    std::string m_text;
};

EvpPkeyPtr keyIn(const std::string& pem) {
    const BioPtr memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const auto noPassword = [](char*, int, int, void*) { return 0; };
    return EvpPkeyPtr(PEM_read_bio_PrivateKey(memory.get(), nullptr, noPassword, nullptr));
}

Result<Certificate> firstIn(const std::filesystem::path& path, const std::string& pem) {
    auto certificates = Certificate::fromPem(pem);
    if (!certificates) return broken(path, "not a certificate");
    return certificates->front();
}

Result<void> write(const LocalhostFiles& files, const LocalhostCertificate& made) {
    if (auto folder = makePrivateFolder(files.server.parent_path()); !folder) return folder;
    const auto certificate = made.server.toPem();
    SecretBytes text(certificate.size() + made.key.size());
    std::copy(certificate.begin(), certificate.end(), text.data());
    std::copy_n(made.key.data(), made.key.size(), text.data() + certificate.size());
    const std::string_view view(reinterpret_cast<const char*>(text.data()), text.size());
    if (auto server = writeFileAtomically(files.server, view); !server) return server;
    return writeFileAtomically(files.authority, made.authority.toPem());
}

}  // namespace

LocalhostFiles localhostFiles(const std::filesystem::path& folder) {
    return {folder / "ca.pem", folder / "localhost.pem"};
}

Result<TimePoint> checkLocalhostFiles(const LocalhostFiles& files, TimePoint now) {
    if (!isPrivate(files.server)) return broken(files.server, "not there, or others may read it");
    auto text = readFile(files.server, kMaxFileBytes);
    if (!text) return fail(text.error());
    const WipedText server(std::move(*text));
    const auto authority = readFile(files.authority, kMaxFileBytes);
    if (!authority) return fail(authority.error());
    const auto certificate = firstIn(files.server, server.get());
    if (!certificate) return fail(certificate.error());
    const auto above = firstIn(files.authority, *authority);
    if (!above) return fail(above.error());
    const auto key = keyIn(server.get());
    if (!key || EVP_PKEY_eq(certificate->key(), key.get()) != 1)
        return broken(files.server, "certificate and key do not belong together");
    if (!isIssuedBy(certificate->native(), above->native()))
        return broken(files.authority, "did not issue the server's certificate");
    if (certificate->notAfter() <= now || certificate->notBefore() > now)
        return broken(files.server, "expired");
    return certificate->notAfter();
}

Result<bool> keepLocalhostFiles(const LocalhostFiles& files, TimePoint now) {
    const auto end = checkLocalhostFiles(files, now);
    if (end && *end - now > kLocalhostRenewal) return false;
    const auto made = makeLocalhostCertificate(now);
    if (!made) return fail(made.error());
    if (auto written = write(files, *made); !written) return fail(written.error());
    return true;
}

}  // namespace signet
