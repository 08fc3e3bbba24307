// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/test_pki.hpp"

#include "certs/test_pki/issue.hpp"
#include "certs/test_pki/must.hpp"
#include "certs/test_pki/revocation_data.hpp"

#include <algorithm>

namespace signet {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours kYear{24 * 365};

struct CaRow {
    CaKind kind;
    std::string_view name;
    KeyKind key;
    std::string_view root;
    KeyKind rootKey;
};
constexpr CaRow kCas[] = {
    {CaKind::rsa, "rsa", KeyKind::rsa2048, "ec", KeyKind::p256},
    {CaKind::p256, "p256", KeyKind::p256, "ec", KeyKind::p256},
    {CaKind::sm2, "sm2", KeyKind::sm2, "sm2", KeyKind::sm2},
    {CaKind::untrusted, "untrusted", KeyKind::p256, "untrusted", KeyKind::p256},
    {CaKind::tls, "tls", KeyKind::p256, "tls", KeyKind::p256},
    {CaKind::otherTls, "other-tls", KeyKind::p256, "other-tls", KeyKind::p256},
};

const CaRow& rowOf(CaKind kind) {
    return kCas[static_cast<std::size_t>(kind)];
}

CaKind caFor(KeyKind key) {
    switch (key) {
        case KeyKind::rsa2048:
        case KeyKind::rsa3072:
            return CaKind::rsa;
        case KeyKind::p256:
        case KeyKind::p384:
            return CaKind::p256;
        case KeyKind::sm2:
            return CaKind::sm2;
    }
    return CaKind::p256;
}

Profile caProfile(KeyKind key, const std::string& name) {
    Profile profile;
    profile.key = key;
    profile.subject = {{"C", "CN"}, {"O", "Signet Test"}, {"CN", name}};
    profile.startsIn = -10 * kYear;
    profile.endsIn = 10 * kYear;
    profile.keyUsage = "critical,keyCertSign,cRLSign,digitalSignature";
    profile.extendedKeyUsage.clear();
    profile.isCa = true;
    profile.hasRevocationSources = false;
    return profile;
}

std::string withCa(std::string url, std::string_view ca) {
    constexpr std::string_view kPlace = "{ca}";
    const auto at = url.find(kPlace);
    return at == std::string::npos ? url : url.replace(at, kPlace.size(), ca);
}

bool isAddress(const std::string& name) {
    return name.find(':') != std::string::npos || name.find_first_not_of("0123456789.") == std::string::npos;
}

EvpPkeyPtr share(const EvpPkeyPtr& key) {
    EVP_PKEY_up_ref(key.get());
    return EvpPkeyPtr(key.get());
}

Issued copyOf(const Issued& issued) {
    return {issued.certificate, share(issued.key), issued.chain};
}

}  // namespace

std::string_view toString(CaKind kind) {
    return rowOf(kind).name;
}

TestPki::TestPki(TestPkiOptions options)
    : m_options(std::move(options)), m_now(m_options.now.value_or(SystemClock().now())) {
}

Authority TestPki::makeRoot(CaKind kind) {
    const auto& row = rowOf(kind);
    auto key = makeKey(row.rootKey);
    const auto profile = caProfile(row.rootKey, "Signet Test Root " + std::string(row.root));
    auto certificate = makeCertificate(profile, key.get(), {nullptr, key.get()}, m_now);
    return {std::move(certificate), std::move(key), {}};
}

const Authority& TestPki::root(CaKind kind) {
    const std::string name(rowOf(kind).root);
    auto found = m_roots.find(name);
    if (found == m_roots.end()) found = m_roots.emplace(name, makeRoot(kind)).first;
    return found->second;
}

Authority TestPki::makeAuthority(CaKind kind) {
    const auto& row = rowOf(kind);
    const Authority& above = root(kind);
    auto key = makeKey(row.key);
    const auto profile = caProfile(row.key, "Signet Test CA " + std::string(row.name));
    auto certificate =
        makeCertificate(profile, key.get(), {above.certificate.native(), above.key.get()}, m_now);
    return {certificate, std::move(key), {certificate}};
}

const Authority& TestPki::authority(CaKind kind) {
    auto found = m_authorities.find(kind);
    if (found == m_authorities.end()) found = m_authorities.emplace(kind, makeAuthority(kind)).first;
    return found->second;
}

std::vector<Certificate> TestPki::trusted() {
    std::vector<Certificate> certificates{root(CaKind::p256).certificate, root(CaKind::sm2).certificate};
    for (const auto kind : kLoginCas) certificates.push_back(authority(kind).certificate);
    return certificates;
}

Issued TestPki::issue(const Profile& profile) {
    const CaKind kind = profile.issuer.value_or(caFor(profile.key));
    const Authority& ca = authority(kind);
    auto key = profile.keyLabel.empty() ? makeKey(profile.key) : sharedKey(profile.key, profile.keyLabel);
    const IssuerParts issuer{ca.certificate.native(), ca.key.get(), withCa(m_options.ocspUrl, toString(kind)),
                             withCa(m_options.crlUrl, toString(kind))};
    auto certificate = makeCertificate(profile, key.get(), issuer, m_now);
    std::vector<Certificate> chain{certificate};
    chain.insert(chain.end(), ca.chain.begin(), ca.chain.end());
    return {std::move(certificate), std::move(key), std::move(chain)};
}

Issued TestPki::cached(const std::string& name, const Profile& profile) {
    auto found = m_issued.find(name);
    if (found == m_issued.end()) found = m_issued.emplace(name, issue(profile)).first;
    return copyOf(found->second);
}

Issued TestPki::named(std::string_view name) {
    return cached(std::string(name), profile(name));
}

Issued TestPki::enterprise(KeyKind key) {
    return named("enterprise-" + std::string(toString(key)));
}

Issued TestPki::tlsServer(const std::vector<std::string>& names, CaKind ca) {
    Profile profile;
    profile.issuer = ca;
    profile.subject = {{"CN", names.empty() ? std::string("unnamed") : names.front()}};
    profile.keyUsage = "critical,digitalSignature";
    profile.extendedKeyUsage = "serverAuth";
    profile.hasRevocationSources = false;
    for (const auto& name : names)
        profile.subjectAltName += (profile.subjectAltName.empty() ? "" : ",") +
                                  std::string(isAddress(name) ? "IP:" : "DNS:") + name;
    return issue(profile);
}

Issued TestPki::ocspResponder(CaKind ca) {
    Profile profile;
    profile.issuer = ca;
    profile.key = ca == CaKind::sm2 ? KeyKind::sm2 : KeyKind::p256;
    profile.subject = {
        {"C", "CN"}, {"O", "Signet Test"}, {"CN", "Signet Test OCSP " + std::string(toString(ca))}};
    profile.keyUsage = "critical,digitalSignature";
    profile.extendedKeyUsage = "OCSPSigning";
    profile.hasRevocationSources = false;
    profile.extensions = {{"1.3.6.1.5.5.7.48.1.5", {0x05, 0x00}}};  // id-pkix-ocsp-nocheck
    return cached("ocsp-" + std::string(toString(ca)), profile);
}

Bytes TestPki::crl(CaKind ca) {
    CrlOptions options{.thisUpdate = m_now - 1h, .nextUpdate = m_now + 24h * 7};
    const auto revokedLeaf = revoked();
    const auto& issuers = revokedLeaf.chain;
    const auto& certificate = authority(ca).certificate;
    if (std::find(issuers.begin(), issuers.end(), certificate) != issuers.end())
        options.revoked.push_back({revokedLeaf.certificate, m_now - 2h});
    return makeCrl(authority(ca), options);
}

}  // namespace signet
