// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/softhsm_token.hpp"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

extern char** environ;

namespace signet::test {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

void writePrivateFile(const std::filesystem::path& path, BytesView bytes) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("cannot write " + path.string());
    const auto written = ::write(fd, bytes.data(), bytes.size());
    ::close(fd);
    if (written != static_cast<ssize_t>(bytes.size()))
        throw std::runtime_error("cannot write " + path.string());
}

/// Runs a tool to its end; what it printed is in the exception when it fails.
void run(const std::filesystem::path& folder, const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const auto log = folder / "tool.log";
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t pid = 0;
    const int started = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (started != 0) throw std::runtime_error(arguments.front() + " cannot be started");
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid || status != 0)
        throw std::runtime_error(arguments.front() + " failed: " + contentOf(log));
}

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Free<&X509_free>>;

KeyPtr makeKey(const std::string& kind) {
    if (kind == "rsa2048") return KeyPtr(EVP_RSA_gen(2048));
    if (kind == "rsa3072") return KeyPtr(EVP_RSA_gen(3072));
    if (kind == "p256") return KeyPtr(EVP_EC_gen("P-256"));
    if (kind == "p384") return KeyPtr(EVP_EC_gen("P-384"));
    throw std::runtime_error("unknown kind of key " + kind);
}

X509Ptr selfSigned(EVP_PKEY* key, const std::string& commonName) {
    X509Ptr certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400L);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key);
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) throw std::runtime_error("X509_sign failed");
    return certificate;
}

template <class Object, class Encode>
Bytes toDer(Object* object, Encode encode) {
    unsigned char* der = nullptr;
    const int length = encode(object, &der);
    if (length <= 0) throw std::runtime_error("DER encoding failed");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

Bytes pkcs8Of(EVP_PKEY* key) {
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<&PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
    return toDer(info.get(), i2d_PKCS8_PRIV_KEY_INFO);
}

}  // namespace

SoftHsmStore::SoftHsmStore() {
    std::string folder = (std::filesystem::temp_directory_path() / "signet-softhsm-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    m_folder = folder;
    std::filesystem::create_directory(m_folder / "tokens");
    std::ofstream(configPath()) << "directories.tokendir = " << (m_folder / "tokens").string() << "\n"
                                << "objectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n";
    if (const char* former = std::getenv("SOFTHSM2_CONF")) m_formerConfig = former;
    ::setenv("SOFTHSM2_CONF", configPath().c_str(), 1);
}

SoftHsmStore::~SoftHsmStore() {
    if (m_formerConfig)
        ::setenv("SOFTHSM2_CONF", m_formerConfig->c_str(), 1);
    else
        ::unsetenv("SOFTHSM2_CONF");
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

void SoftHsmStore::addToken(const SoftHsmToken& token) {
    run(m_folder, {"softhsm2-util", "--init-token", "--free", "--label", token.label, "--pin", token.pin,
                   "--so-pin", token.soPin});
    m_tokens.push_back(token);
}

void SoftHsmStore::importKeyAndCertificate(const std::string& tokenLabel, const std::string& id,
                                           BytesView keyDer, BytesView certificateDer,
                                           const std::string& label) {
    importKey(tokenLabel, id, keyDer, label);
    importCertificate(tokenLabel, id, certificateDer, label);
}

void SoftHsmStore::importKey(const std::string& tokenLabel, const std::string& id, BytesView keyDer,
                             const std::string& label) {
    writeObject(tokenLabel, "privkey", id, keyDer, label, "--usage-sign");
}

void SoftHsmStore::importCertificate(const std::string& tokenLabel, const std::string& id,
                                     BytesView certificateDer, const std::string& label) {
    writeObject(tokenLabel, "cert", id, certificateDer, label, "");
}

void SoftHsmStore::importPublicKey(const std::string& tokenLabel, const std::string& id,
                                   BytesView publicKeyDer, const std::string& label) {
    writeObject(tokenLabel, "pubkey", id, publicKeyDer, label, "");
}

void SoftHsmStore::importAlwaysAuthenticateKey(const std::string& tokenLabel, const std::string& id,
                                               BytesView keyDer) {
    writeObject(tokenLabel, "privkey", id, keyDer, "login", "--always-auth");
}

void SoftHsmStore::writeObject(const std::string& tokenLabel, const std::string& type, const std::string& id,
                               BytesView der, const std::string& label, const std::string& extra) {
    const auto file = m_folder / "object.der";
    writePrivateFile(file, der);
    std::vector<std::string> arguments{"pkcs11-tool",
                                       "--module",
                                       modulePath().string(),
                                       "--token-label",
                                       tokenLabel,
                                       "--login",
                                       "--pin",
                                       tokenOf(tokenLabel).pin,
                                       "--write-object",
                                       file.string(),
                                       "--type",
                                       type,
                                       "--id",
                                       id,
                                       "--label",
                                       label};
    if (!extra.empty()) arguments.push_back(extra);
    run(m_folder, arguments);
    std::filesystem::remove(file);
}

const SoftHsmToken& SoftHsmStore::tokenOf(const std::string& label) const {
    for (const auto& token : m_tokens)
        if (token.label == label) return token;
    throw std::runtime_error("no token " + label);
}

std::filesystem::path SoftHsmStore::modulePath() {
    for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
                             "/usr/lib64/softhsm/libsofthsm2.so"})
        if (std::filesystem::exists(path)) return std::filesystem::canonical(path);
    throw std::runtime_error("SoftHSM is not installed");
}

KeyAndCertificate makeKeyAndCertificate(const std::string& kind, const std::string& commonName) {
    const auto key = makeKey(kind);
    const auto certificate = selfSigned(key.get(), commonName);
    return {pkcs8Of(key.get()), toDer(key.get(), i2d_PUBKEY), toDer(certificate.get(), i2d_X509)};
}

}  // namespace signet::test
