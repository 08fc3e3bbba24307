// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "certs/certificate.hpp"
#include "certs/openssl.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The test PKI makes certificates, CRLs and OCSP responses for tests and the demo. It ends the process when
/// OpenSSL fails: there is nothing that a test could do about it. Never part of an installed program.

enum class KeyKind { rsa2048, rsa3072, p256, p384, sm2 };
/// The issuing CAs. rsa and p256 stand under one EC root, sm2 under an SM2 root; untrusted, tls and otherTls
/// under their own.
enum class CaKind { rsa, p256, sm2, untrusted, tls, otherTls };
inline constexpr CaKind kLoginCas[] = {CaKind::rsa, CaKind::p256, CaKind::sm2};
std::string_view toString(KeyKind kind);
/// The name in files and in place of {ca} in URLs: "rsa", "p256", "sm2", "untrusted", "tls", "other-tls".
std::string_view toString(CaKind kind);

/// A new software key. EC keys take microseconds, RSA keys up to half a second.
EvpPkeyPtr makeKey(KeyKind kind);
/// Made once in a process under this label, then the same. For RSA keys of leaves. Thread: any.
EvpPkeyPtr sharedKey(KeyKind kind, const std::string& label);

/// One DER value: the tag, the length, the content. For extensions of tests.
Bytes derValue(std::uint8_t tag, BytesView content);

struct NamePart {
    std::string type;  ///< short name ("CN", "O", "serialNumber") or dotted OID
    std::string value;
};
struct ExtensionPart {
    std::string oid;
    Bytes der;
    bool isCritical = false;
};

/// What a certificate is to say. The defaults make a login certificate that is valid now.
struct Profile {
    KeyKind key = KeyKind::p256;
    std::string keyLabel{};          ///< sharedKey of that label; empty = a key of its own
    std::optional<CaKind> issuer{};  ///< by default the CA of the key's kind
    std::vector<NamePart> subject{};
    std::string uscc{};      ///< in extension 1.2.156.10260.4.1.4
    std::string idNumber{};  ///< in extension 1.2.156.10260.4.1.1
    std::vector<ExtensionPart> extensions{};
    std::chrono::seconds startsIn = std::chrono::hours(-24);
    std::chrono::seconds endsIn = std::chrono::hours(24 * 365);
    std::string keyUsage =
        "critical,digitalSignature,nonRepudiation";               ///< OpenSSL's syntax; empty = no extension
    std::string extendedKeyUsage = "clientAuth,emailProtection";  ///< empty = no extension
    std::string subjectAltName{};
    bool isCa = false;
    bool hasKeyIdentifiers = true;     ///< some CAs leave them out
    bool hasRevocationSources = true;  ///< the URLs of the options, where there are any
    bool hasNullSignatureParams =
        false;  ///< NULL parameters in an SM2 signature algorithm, as some CAs write
};

struct Issued {
    Certificate certificate;
    EvpPkeyPtr key;
    std::vector<Certificate> chain;  ///< leaf and intermediates, no root: what x5c carries
};

/// A CA that signs certificates, CRLs and OCSP responses.
struct Authority {
    Certificate certificate;
    EvpPkeyPtr key;
    std::vector<Certificate> chain;  ///< itself and what is above it, without the root; empty for a root
};

struct TestPkiOptions {
    std::string ocspUrl{};  ///< in every leaf's AIA; {ca} becomes the issuing CA's name
    std::string crlUrl{};   ///< in every leaf's CRL distribution points; {ca} likewise
    std::optional<TimePoint> now{};
};

/// A PKI whose parts are made when they are asked for. Two of them trust nothing of each other.
/// Thread: one at a time.
class TestPki {
public:
    explicit TestPki(TestPkiOptions options = {});

    const Authority& authority(CaKind kind);
    const Authority& root(CaKind kind);
    /// What a trust folder holds: roots and issuing CAs of rsa, p256 and sm2.
    std::vector<Certificate> trusted();

    /// A new certificate each time.
    Issued issue(const Profile& profile);
    /// The standard ones, the same certificate each time; names() lists them. Bug if there is none of that
    /// name.
    Issued named(std::string_view name);
    static std::vector<std::string> names();
    /// The profile behind a standard name, to change and issue.
    static Profile profile(std::string_view name);

    Issued enterprise(KeyKind key = KeyKind::p256);
    Issued renewedEnterprise() { return named("enterprise-renewed"); }
    Issued otherEnterprise() { return named("other-enterprise"); }
    Issued legalRepresentative() { return named("legal-representative"); }
    Issued person() { return named("person"); }
    Issued expired() { return named("expired"); }
    Issued notYetValid() { return named("not-yet-valid"); }
    Issued revoked() { return named("revoked"); }
    Issued encryptionOnly() { return named("encryption-only"); }
    Issued wrongEku() { return named("wrong-eku"); }
    Issued untrusted() { return named("untrusted"); }
    Issued noIdentity() { return named("no-identity"); }

    /// A TLS server certificate for these names and addresses.
    Issued tlsServer(const std::vector<std::string>& names, CaKind ca = CaKind::tls);
    /// With extendedKeyUsage OCSPSigning, the same each time.
    Issued ocspResponder(CaKind ca);
    /// The CA's CRL, which lists revoked() where it is of this CA.
    Bytes crl(CaKind ca);

    TimePoint now() const { return m_now; }

private:
    Authority makeRoot(CaKind kind);
    Authority makeAuthority(CaKind kind);
    Issued cached(const std::string& name, const Profile& profile);

    TestPkiOptions m_options;
    TimePoint m_now;
    std::map<std::string, Authority> m_roots;
    std::map<CaKind, Authority> m_authorities;
    std::map<std::string, Issued> m_issued;
};

/// The identities in the standard certificates.
inline constexpr std::string_view kTestUscc = "91350200MA2YJ1XR9G";
inline constexpr std::string_view kTestEnterprise = "云南示例建筑有限公司";
inline constexpr std::string_view kTestOtherUscc = "91440101MA5CJQ4N59";
inline constexpr std::string_view kTestOtherEnterprise = "昆明样板工程有限公司";
inline constexpr std::string_view kTestPersonId = "11010519491231002X";
inline constexpr std::string_view kTestPerson = "王示例";
inline constexpr std::string_view kTestRepresentativeId = "34052419800101001X";
inline constexpr std::string_view kTestRepresentative = "李样本";

}  // namespace signet
