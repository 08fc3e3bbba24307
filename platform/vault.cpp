// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/vault.hpp"

#include "base/encoding.hpp"
#include "base/fd.hpp"
#include "base/file.hpp"
#include "certs/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace signet {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using KeyBytes = std::array<std::uint8_t, kKeyBytes>;
using CipherCtxPtr = std::unique_ptr<EVP_CIPHER_CTX, Free<&EVP_CIPHER_CTX_free>>;

tl::unexpected<Error> keyError(const std::string& detail) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "data_key";
    error.detail = detail;
    error.params["name"] = detail;
    return fail(std::move(error));
}

/// Each part with its length in front, so that no two lists of parts give the same bytes.
Bytes framed(std::string_view purpose, std::initializer_list<std::string_view> parts) {
    Bytes out;
    const auto add = [&out](std::string_view part) {
        for (int shift = 24; shift >= 0; shift -= 8)
            out.push_back(static_cast<std::uint8_t>(part.size() >> shift));
        out.insert(out.end(), part.begin(), part.end());
    };
    add(purpose);
    for (const auto part : parts) add(part);
    return out;
}

Result<Bytes> randomBytes(std::size_t size) {
    Bytes bytes(size);
    if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1)
        return fail(ErrorCode::internalError, "no random numbers", "random");
    return bytes;
}

/// The key must be on the disk before the first row that is sealed with it.
void syncFolderOf(const std::filesystem::path& file) {
    const auto folder = file.parent_path();
    const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.isOpen()) (void)::fsync(fd.get());
}

/// Puts a whole file in place unless another start was faster; then that one's key is everybody's.
Result<void> createKeyFile(const std::filesystem::path& keyFile) {
    auto key = randomBytes(kKeyBytes);
    auto suffix = randomId();
    if (!key || !suffix) return fail(ErrorCode::internalError, "no random numbers", "random");
    const std::string temporary = keyFile.string() + "." + *suffix;
    auto written = writeFileAtomically(temporary, textOf(*key));
    wipe(key->data(), key->size());
    if (!written) return written;
    const bool isThere = ::link(temporary.c_str(), keyFile.c_str()) == 0 || errno == EEXIST;
    const auto why = std::generic_category().message(errno);
    ::unlink(temporary.c_str());
    if (!isThere) return fail(ErrorCode::internalError, keyFile.string() + ": " + why, "file_unwritable");
    syncFolderOf(keyFile);
    return {};
}

/// A key that others could read is no secret any more.
bool isPrivate(const std::filesystem::path& keyFile) {
    struct stat status {};
    return ::stat(keyFile.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool encrypt(const KeyBytes& key, BytesView plain, std::string_view context, Bytes& sealed) {
    const CipherCtxPtr ctx(EVP_CIPHER_CTX_new());
    int size = 0;
    auto* out = sealed.data() + kNonceBytes;
    return ctx && EVP_EncryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
           EVP_EncryptUpdate(ctx.get(), nullptr, &size, bytesOf(context).data(),
                             static_cast<int>(context.size())) == 1 &&
           EVP_EncryptUpdate(ctx.get(), out, &size, plain.data(), static_cast<int>(plain.size())) == 1 &&
           EVP_EncryptFinal_ex(ctx.get(), out + size, &size) == 1 &&
           EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, out + plain.size()) == 1;
}

bool decrypt(const KeyBytes& key, BytesView sealed, std::string_view context, Bytes& plain) {
    const CipherCtxPtr ctx(EVP_CIPHER_CTX_new());
    int size = 0;
    const auto body = sealed.subspan(kNonceBytes, plain.size());
    Bytes tag(sealed.end() - kTagBytes, sealed.end());
    return ctx && EVP_DecryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
           EVP_DecryptUpdate(ctx.get(), nullptr, &size, bytesOf(context).data(),
                             static_cast<int>(context.size())) == 1 &&
           EVP_DecryptUpdate(ctx.get(), plain.data(), &size, body.data(), static_cast<int>(body.size())) ==
               1 &&
           EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
           EVP_DecryptFinal_ex(ctx.get(), plain.data() + plain.size(), &size) == 1;
}

}  // namespace

/// Lives for one operation only, so the stack is enough.
struct Vault::DerivedKey {
    KeyBytes bytes{};
    DerivedKey(BytesView master, BytesView message) {
        unsigned int size = kKeyBytes;
        HMAC(EVP_sha256(), master.data(), static_cast<int>(master.size()), message.data(), message.size(),
             bytes.data(), &size);
    }
    DerivedKey(const DerivedKey&) = delete;
    DerivedKey& operator=(const DerivedKey&) = delete;
    ~DerivedKey() { wipe(bytes.data(), bytes.size()); }
};

static Result<std::string> readOrCreateKey(const std::filesystem::path& keyFile, bool mayCreate) {
    auto content = readFile(keyFile, kKeyBytes);
    if (content || content.error().reason != "file_missing" || !mayCreate) return content;
    if (auto created = createKeyFile(keyFile); !created) return fail(created.error());
    return readFile(keyFile, kKeyBytes);
}

Result<Vault> Vault::open(const std::filesystem::path& keyFile, bool mayCreate) {
    auto content = readOrCreateKey(keyFile, mayCreate);
    if (!content) return keyError("data-key: " + content.error().detail);
    if (!isPrivate(keyFile)) {
        wipe(content->data(), content->size());
        return keyError("data-key: " + keyFile.string() + ": others may read it (chmod 600 it)");
    }
    auto vault = fromKey(bytesOf(*content));
    wipe(content->data(), content->size());
    return vault;
}

Result<Vault> Vault::fromKey(BytesView key) {
    if (key.size() != kKeyBytes) return keyError("data-key: a data key has exactly 32 bytes");
    return Vault(SecretBytes(key));
}

Vault::DerivedKey Vault::derive(std::string_view purpose,
                                std::initializer_list<std::string_view> parts) const {
    return {m_key.view(), framed(purpose, parts)};
}

Result<Bytes> Vault::seal(BytesView plain, std::string_view context) const {
    auto nonce = randomBytes(kNonceBytes);
    if (!nonce) return nonce;
    Bytes sealed(kNonceBytes + plain.size() + kTagBytes);
    std::copy(nonce->begin(), nonce->end(), sealed.begin());
    if (!encrypt(derive("seal", {context}).bytes, plain, context, sealed))
        return fail(ErrorCode::internalError, "sealing failed", "seal");
    return sealed;
}

Result<Bytes> Vault::unseal(BytesView sealed, std::string_view context) const {
    if (sealed.size() < kNonceBytes + kTagBytes)
        return fail(ErrorCode::internalError, "sealed value too short", "seal_broken");
    Bytes plain(sealed.size() - kNonceBytes - kTagBytes);
    if (!decrypt(derive("seal", {context}).bytes, sealed, context, plain))
        return fail(ErrorCode::internalError, "a sealed value of " + std::string(context) + " does not open",
                    "seal_broken");
    return plain;
}

Bytes Vault::identityLookup(SubjectKind kind, std::string_view number) const {
    // Certificates name an enterprise by its organisation code or by its USCC: one account.
    const auto own = kind == SubjectKind::enterprise ? enterpriseKeyOf(number) : std::string(number);
    const auto key = derive("identity", {toString(kind), own});
    return Bytes(key.bytes.begin(), key.bytes.end());
}

std::string Vault::derivedToken(std::string_view purpose,
                                std::initializer_list<std::string_view> parts) const {
    return toBase64Url(derive(purpose, parts).bytes);
}

Bytes Vault::keyCheck() const {
    const auto key = derive("key-check", {});
    return Bytes(key.bytes.begin(), key.bytes.end());
}

Result<std::string> randomToken() {
    return randomBytes(32).map([](const Bytes& bytes) { return toBase64Url(bytes); });
}

Result<std::string> randomId() {
    return randomBytes(16).map([](const Bytes& bytes) { return toBase64Url(bytes); });
}

std::string s256(std::string_view text) {
    return toBase64Url(sha256(bytesOf(text)));
}

Bytes digestOf(std::string_view text) {
    const auto digest = sha256(bytesOf(text));
    return Bytes(digest.begin(), digest.end());
}

bool equalInConstantTime(BytesView a, BytesView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace signet
