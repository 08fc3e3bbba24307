// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/write_files.hpp"

#include "base/fd.hpp"
#include "certs/test_pki/must.hpp"

#include <openssl/pem.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>

#include <algorithm>
#include <thread>

namespace signet {
namespace {

using Json = nlohmann::json;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<&PKCS8_PRIV_KEY_INFO_free>>;
using CharPtr = std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })>;

constexpr mode_t kPublicMode = 0644;
constexpr mode_t kPrivateMode = 0600;

void writeFile(const std::filesystem::path& path, std::string_view content, mode_t mode = kPublicMode) {
    const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    must(file.isOpen() &&
             ::write(file.get(), content.data(), content.size()) == static_cast<ssize_t>(content.size()),
         path.c_str());
}

std::string keyPem(EVP_PKEY* key) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "private key");
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

Bytes keyDer(EVP_PKEY* key) {
    const Pkcs8Ptr info(EVP_PKEY2PKCS8(key));
    must(info != nullptr, "private key");
    return encoded(&i2d_PKCS8_PRIV_KEY_INFO, info.get(), "private key");
}

std::string pemOf(const std::vector<Certificate>& certificates) {
    std::string pem;
    for (const auto& certificate : certificates) pem += certificate.toPem();
    return pem;
}

Json writeIssued(const std::filesystem::path& folder, const std::string& name, const Issued& issued) {
    writeFile(folder / (name + ".crt"), issued.certificate.toPem());
    writeFile(folder / (name + ".der"), textOf(issued.certificate.der()));
    writeFile(folder / (name + ".chain.pem"), pemOf(issued.chain));
    writeFile(folder / (name + ".key"), keyPem(issued.key.get()), kPrivateMode);
    writeFile(folder / (name + ".key.der"), textOf(keyDer(issued.key.get())), kPrivateMode);
    return {{"certificate", name + ".crt"},
            {"key", name + ".key"},
            {"chain", name + ".chain.pem"},
            {"sha256", issued.certificate.fingerprintHex()},
            {"subject", issued.certificate.subject()},
            {"commonName", issued.certificate.subjectCommonName()},
            {"issuer", issued.certificate.issuerCommonName()},
            {"serial", issued.certificate.serialHex()},
            {"keyType", toString(issued.certificate.keyType())},
            {"notBefore", timeText(issued.certificate.notBefore())},
            {"notAfter", timeText(issued.certificate.notAfter())}};
}

void writeCa(const std::filesystem::path& folder, const std::string& name, const Authority& authority) {
    writeFile(folder / (name + ".crt"), authority.certificate.toPem());
    writeFile(folder / (name + ".der"), textOf(authority.certificate.der()));
    writeFile(folder / (name + ".key"), keyPem(authority.key.get()), kPrivateMode);
}

void writeCas(TestPki& pki, const std::filesystem::path& folder) {
    const auto trust = folder / "trust";
    const auto ca = folder / "ca";
    std::filesystem::create_directories(trust);
    std::filesystem::create_directories(ca);
    writeCa(ca, "root-ec", pki.root(CaKind::p256));
    writeCa(ca, "root-sm2", pki.root(CaKind::sm2));
    writeFile(trust / "root-ec.pem", pki.root(CaKind::p256).certificate.toPem());
    writeFile(trust / "root-sm2.pem", pki.root(CaKind::sm2).certificate.toPem());
    for (const auto kind : kLoginCas) {
        const auto name = "issuing-" + std::string(toString(kind));
        writeCa(ca, name, pki.authority(kind));
        writeFile(trust / (name + ".pem"), pki.authority(kind).certificate.toPem());
    }
    writeCa(ca, "issuing-untrusted", pki.authority(CaKind::untrusted));
    writeFile(folder / "untrusted-root.pem", pki.root(CaKind::untrusted).certificate.toPem());
}

Json writeRevocation(TestPki& pki, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "crl");
    std::filesystem::create_directories(folder / "ocsp");
    Json entries = Json::object();
    for (const auto kind : kLoginCas) {
        const std::string name(toString(kind));
        writeFile(folder / "crl" / (name + ".crl"), textOf(pki.crl(kind)));
        writeIssued(folder / "ocsp", "responder-" + name, pki.ocspResponder(kind));
        entries[name] = {{"crl", "crl/" + name + ".crl"},
                         {"ca", "ca/issuing-" + name + ".crt"},
                         {"ocspCertificate", "ocsp/responder-" + name + ".crt"},
                         {"ocspKey", "ocsp/responder-" + name + ".key"}};
    }
    return entries;
}

std::string indexTime(TimePoint time) {
    auto text = timeText(time);  // 2026-10-01T08:00:00Z to 261001080000Z
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
    return text.substr(2);
}

/// One line of the database of `openssl ca`, as `openssl ocsp -index` reads it.
std::string indexLine(const Certificate& certificate, std::optional<TimePoint> revokedAt) {
    auto serial = certificate.serialHex();
    std::transform(serial.begin(), serial.end(), serial.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    const CharPtr subject(X509_NAME_oneline(X509_get_subject_name(certificate.native()), nullptr, 0));
    const std::string state = revokedAt ? "R" : "V";
    const std::string revocation = revokedAt ? indexTime(*revokedAt) + ",keyCompromise" : "";
    return state + "\t" + indexTime(certificate.notAfter()) + "\t" + revocation + "\t" + serial +
           "\tunknown\t" + subject.get() + "\n";
}

Json writeTls(TestPki& pki, const WriteOptions& options) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1", "uc.example.test"};
    names.insert(names.end(), options.tlsNames.begin(), options.tlsNames.end());
    const struct {
        std::string file;
        Issued issued;
    } servers[] = {
        {"tls", pki.tlsServer(names)},
        {"tls-wrong-name", pki.tlsServer({"wrong.example.test"})},
        {"tls-other-root", pki.tlsServer(names, CaKind::otherTls)},
    };
    for (const auto& server : servers) {
        writeFile(options.folder / (server.file + ".crt"), pemOf(server.issued.chain));
        writeFile(options.folder / (server.file + ".key"), keyPem(server.issued.key.get()), kPrivateMode);
    }
    writeFile(options.folder / "tls-ca.pem", pki.root(CaKind::tls).certificate.toPem());
    writeFile(options.folder / "tls-other-ca.pem", pki.root(CaKind::otherTls).certificate.toPem());
    return {{"certificate", "tls.crt"},
            {"key", "tls.key"},
            {"ca", "tls-ca.pem"},
            {"names", names},
            {"sha256", servers[0].issued.certificate.fingerprintHex()}};
}

/// The RSA keys that will be asked for, two at a time.
std::vector<std::jthread> makeRsaKeysAhead(const std::vector<std::string>& names) {
    std::vector<std::jthread> makers;
    for (const auto& name : names) {
        const auto profile = TestPki::profile(name);
        if (!profile.keyLabel.empty())
            makers.emplace_back([profile] { (void)sharedKey(profile.key, profile.keyLabel); });
    }
    return makers;
}

}  // namespace

void writeTestPki(TestPki& pki, const WriteOptions& options) {
    const auto names = options.names.empty() ? TestPki::names() : options.names;
    const auto makers = makeRsaKeysAhead(names);
    std::filesystem::create_directories(options.folder);
    Json manifest{{"trust", "trust"}, {"certificates", Json::object()}};
    writeCas(pki, options.folder);
    manifest["tls"] = writeTls(pki, options);
    manifest["revocation"] = writeRevocation(pki, options.folder);
    std::string index = indexLine(pki.revoked().certificate, pki.now() - std::chrono::hours(2));
    for (const auto& name : names) {
        const auto issued = pki.named(name);
        manifest["certificates"][name] = writeIssued(options.folder, name, issued);
        if (name != "revoked") index += indexLine(issued.certificate, std::nullopt);
    }
    manifest["index"] = "index.txt";
    writeFile(options.folder / "index.txt", index);
    writeFile(options.folder / "index.txt.attr", "unique_subject = no\n");
    writeFile(options.folder / "manifest.json", manifest.dump(2) + "\n");
}

}  // namespace signet
