// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace signet::test {

struct SoftHsmToken {
    std::string label{};
    std::string pin = "123456";
    std::string soPin = "12345678";
};

/// A SoftHSM token store in a folder of its own, for tests: made by softhsm2-util and pkcs11-tool, removed at
/// the end. While it lives, SOFTHSM2_CONF of this process (and so of its children) names it; a second store
/// hides the first. Errors: whatever fails throws std::runtime_error with the tool's output, which fails the
/// test. Thread: one at a time (it changes the environment).
class SoftHsmStore {
public:
    SoftHsmStore();
    ~SoftHsmStore();
    SoftHsmStore(const SoftHsmStore&) = delete;
    SoftHsmStore& operator=(const SoftHsmStore&) = delete;

    /// A new token with its user PIN set.
    void addToken(const SoftHsmToken& token);
    /// A private key (PKCS#8 or traditional DER) and its certificate under one CKA_ID (hexadecimal). No
    /// public key object is written, as with most tokens that an issuer fills.
    void importKeyAndCertificate(const std::string& tokenLabel, const std::string& id, BytesView keyDer,
                                 BytesView certificateDer, const std::string& label = "login");
    void importKey(const std::string& tokenLabel, const std::string& id, BytesView keyDer,
                   const std::string& label = "login");
    void importCertificate(const std::string& tokenLabel, const std::string& id, BytesView certificateDer,
                           const std::string& label = "login");
    /// A SubjectPublicKeyInfo in DER as a public key object.
    void importPublicKey(const std::string& tokenLabel, const std::string& id, BytesView publicKeyDer,
                         const std::string& label = "login");
    /// The private key gets CKA_ALWAYS_AUTHENTICATE: its own PIN check for every signature.
    void importAlwaysAuthenticateKey(const std::string& tokenLabel, const std::string& id, BytesView keyDer);

    /// libsofthsm2.so, where the distribution puts it.
    static std::filesystem::path modulePath();
    /// The file for SOFTHSM2_CONF.
    std::filesystem::path configPath() const { return m_folder / "softhsm2.conf"; }
    std::filesystem::path folder() const { return m_folder; }

private:
    void writeObject(const std::string& tokenLabel, const std::string& type, const std::string& id,
                     BytesView der, const std::string& label, const std::string& extra);
    const SoftHsmToken& tokenOf(const std::string& label) const;

    std::filesystem::path m_folder;
    std::vector<SoftHsmToken> m_tokens;
    std::optional<std::string> m_formerConfig;
};

/// A software key with a self-signed certificate, as DER.
struct KeyAndCertificate {
    Bytes key;        ///< PKCS#8
    Bytes publicKey;  ///< SubjectPublicKeyInfo
    Bytes certificate;
};

/// `kind` is "rsa2048", "rsa3072", "p256" or "p384".
KeyAndCertificate makeKeyAndCertificate(const std::string& kind,
                                        const std::string& commonName = "Signet test");

}  // namespace signet::test
