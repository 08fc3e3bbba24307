// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// attacks 47, 48: what the localhost authority can vouch for, by OpenSSL's own judgement.
#include "certs/localhost_certificate.hpp"

#include "certs/openssl.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace signet {
namespace {

const TimePoint kMadeAt = SystemClock().now();

LocalhostCertificate make() {
    auto made = makeLocalhostCertificate(kMadeAt);
    EXPECT_TRUE(made);
    return std::move(*made);
}

/// X509_V_OK, or the first fault.
int verify(X509* leaf, X509* authority, const char* name, const char* address) {
    const X509StorePtr store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), authority);
    const X509StoreCtxPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr);
    auto* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
    if (name != nullptr) X509_VERIFY_PARAM_set1_host(parameters, name, 0);
    if (address != nullptr) X509_VERIFY_PARAM_set1_ip_asc(parameters, address);
    (void)X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

/// An authority with the same extensions as the made one, whose key is known, and what it issues: what an
/// attacker could do who had kept the key.
class Copy {
public:
    explicit Copy(X509* original) : m_key(EVP_EC_gen("P-256")), m_authority(X509_dup(original)) {
        X509_set_pubkey(m_authority.get(), m_key.get());
        const int place = X509_get_ext_by_NID(m_authority.get(), NID_subject_key_identifier, -1);
        X509_EXTENSION_free(X509_delete_ext(m_authority.get(), place));
        X509_sign(m_authority.get(), m_key.get(), EVP_sha256());
    }
    X509* authority() const { return m_authority.get(); }
    X509Ptr issue(const char* names, const char* basicConstraints = "critical,CA:FALSE",
                  const char* usage = "serverAuth") const {
        return issueBy(m_authority.get(), m_key.get(), names, basicConstraints, usage);
    }
    static X509Ptr issueBy(X509* issuer, EVP_PKEY* key, const char* names, const char* basicConstraints,
                           const char* usage) {
        X509Ptr leaf(X509_new());
        X509_set_version(leaf.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(leaf.get()), 4711);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(leaf.get()), "O", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("attacker"), -1, -1, 0);
        X509_set_issuer_name(leaf.get(), X509_get_subject_name(issuer));
        X509_gmtime_adj(X509_getm_notBefore(leaf.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(leaf.get()), 3600);
        X509_set_pubkey(leaf.get(), key);
        X509V3_CTX context{};
        X509V3_set_ctx(&context, issuer, leaf.get(), nullptr, nullptr, 0);
        const std::pair<int, const char*> extensions[] = {{NID_basic_constraints, basicConstraints},
                                                          {NID_ext_key_usage, usage},
                                                          {NID_subject_alt_name, names}};
        for (const auto& [nid, value] : extensions) {
            const X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
            EXPECT_TRUE(extension) << value;
            X509_add_ext(leaf.get(), extension.get(), -1);
        }
        X509_sign(leaf.get(), key, EVP_sha256());
        return leaf;
    }
    EVP_PKEY* key() const { return m_key.get(); }

private:
    EvpPkeyPtr m_key;
    X509Ptr m_authority;
};

TEST(LocalhostCertificate, server_isValidForThisComputerOnly) {
    const auto made = make();
    auto* const leaf = made.server.native();
    auto* const authority = made.authority.native();
    EXPECT_EQ(verify(leaf, authority, "localhost", nullptr), X509_V_OK);
    EXPECT_EQ(verify(leaf, authority, nullptr, "127.0.0.1"), X509_V_OK);
    EXPECT_EQ(verify(leaf, authority, nullptr, "::1"), X509_V_OK);
    EXPECT_EQ(verify(leaf, authority, "uc.example.test", nullptr), X509_V_ERR_HOSTNAME_MISMATCH);
    EXPECT_EQ(verify(leaf, authority, "a.localhost", nullptr), X509_V_ERR_HOSTNAME_MISMATCH);
    EXPECT_EQ(verify(leaf, authority, nullptr, "127.0.0.2"), X509_V_ERR_IP_ADDRESS_MISMATCH);
    EXPECT_EQ(verify(leaf, authority, nullptr, "10.0.0.1"), X509_V_ERR_IP_ADDRESS_MISMATCH);
}

// R45: attack 48
TEST(LocalhostCertificate, authority_isCriticallyConstrained) {
    const auto made = make();
    for (const int nid : {NID_basic_constraints, NID_key_usage, NID_name_constraints}) {
        const int place = X509_get_ext_by_NID(made.authority.native(), nid, -1);
        ASSERT_GE(place, 0) << nid;
        EXPECT_EQ(X509_EXTENSION_get_critical(X509_get_ext(made.authority.native(), place)), 1) << nid;
    }
    EXPECT_EQ(X509_get_pathlen(made.authority.native()), 0);
    EXPECT_EQ(X509_get_key_usage(made.authority.native()), static_cast<unsigned>(KU_KEY_CERT_SIGN));
    EXPECT_EQ(X509_get_extended_key_usage(made.authority.native()), static_cast<unsigned>(XKU_SSL_SERVER));
    EXPECT_TRUE(made.authority.isCa());
    EXPECT_FALSE(made.server.isCa());
    EXPECT_EQ(X509_get_extended_key_usage(made.server.native()), static_cast<unsigned>(XKU_SSL_SERVER));
    EXPECT_EQ(X509_get_key_usage(made.server.native()), static_cast<unsigned>(KU_DIGITAL_SIGNATURE));
}

// R45: attack 48. Had anyone kept the key, it would still be good for nothing else.
TEST(LocalhostCertificate, authority_cannotVouchForAnythingElse) {
    const auto made = make();
    const Copy copy(made.authority.native());
    const auto outcome = [&](const char* names) {
        const auto leaf = copy.issue(names);
        return verify(leaf.get(), copy.authority(), nullptr, nullptr);
    };
    EXPECT_EQ(outcome("DNS:localhost,IP:127.0.0.1,IP:::1"), X509_V_OK) << "the copy is a good one";
    for (const auto* names :
         {"DNS:uc.example.test", "DNS:localhost,DNS:uc.example.test", "DNS:localhost.example.test",
          "DNS:notlocalhost", "DNS:*", "IP:10.0.0.1", "IP:128.0.0.1", "IP:126.255.255.255", "IP:::2",
          "IP:fe80::1", "IP:127.0.0.1,IP:192.168.0.1"})
        EXPECT_EQ(outcome(names), X509_V_ERR_PERMITTED_VIOLATION) << names;
}

// attack 48
TEST(LocalhostCertificate, authority_cannotMakeAnotherAuthorityOrAClient) {
    const auto made = make();
    const Copy copy(made.authority.native());
    const auto client = copy.issue("DNS:localhost", "critical,CA:FALSE", "clientAuth");
    EXPECT_NE(verify(client.get(), copy.authority(), nullptr, nullptr), X509_V_OK);
    const auto below = copy.issue("DNS:localhost", "critical,CA:TRUE");
    const auto leaf =
        Copy::issueBy(below.get(), copy.key(), "DNS:localhost", "critical,CA:FALSE", "serverAuth");
    const X509StorePtr store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), copy.authority());
    const X509StoreCtxPtr context(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> between(
        sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    sk_X509_push(between.get(), below.get());
    X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), between.get());
    EXPECT_NE(X509_verify_cert(context.get()), 1);
}

// R45: attack 47
TEST(LocalhostCertificate, twoCalls_differInEverything) {
    const auto first = make();
    const auto second = make();
    EXPECT_FALSE(first.authority == second.authority);
    EXPECT_FALSE(first.server == second.server);
    EXPECT_NE(first.authority.subject(), second.authority.subject());
    EXPECT_NE(first.authority.serialHex(), second.authority.serialHex());
    EXPECT_NE(textOf(first.key.view()), textOf(second.key.view()));
    EXPECT_EQ(EVP_PKEY_eq(first.authority.key(), second.authority.key()), 0);
    EXPECT_NE(verify(first.server.native(), second.authority.native(), "localhost", nullptr), X509_V_OK);
}

// attack 47: what is given away has one private key, and it is not the authority's.
TEST(LocalhostCertificate, keyOfTheAuthority_isNotInTheResult) {
    const auto made = make();
    const auto text = textOf(made.key.view());
    EXPECT_EQ(text.find("PRIVATE KEY"), text.rfind("BEGIN PRIVATE KEY") + 6);
    const BioPtr memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const EvpPkeyPtr key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
    ASSERT_TRUE(key);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), made.server.key()), 1);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), made.authority.key()), 0);
}

TEST(LocalhostCertificate, life_isTwoYearsAndBeginsYesterday) {
    const auto made = make();
    for (const auto& certificate : {made.authority, made.server}) {
        EXPECT_EQ(certificate.notAfter(), kMadeAt + kLocalhostLife);
        EXPECT_EQ(certificate.notBefore(), kMadeAt - std::chrono::hours(24));
    }
    EXPECT_LE(kLocalhostLife, std::chrono::hours(24 * 825)) << "what Apple's browsers accept";
}

}  // namespace
}  // namespace signet
