// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/test_pki.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "certs/openssl.hpp"
#include "certs/signature.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "certs/test_pki/write_files.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include <filesystem>

namespace signet {
namespace {

using namespace std::chrono_literals;

/// Path building by OpenSSL itself, with `untrusted` between.
int verifyWithOpenSsl(const Certificate& leaf, const std::vector<Certificate>& untrusted,
                      const std::vector<Certificate>& roots) {
    const X509StorePtr store(X509_STORE_new());
    for (const auto& root : roots) X509_STORE_add_cert(store.get(), root.native());
    STACK_OF(X509)* between = sk_X509_new_null();
    for (const auto& certificate : untrusted) sk_X509_push(between, certificate.native());
    const X509StoreCtxPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), leaf.native(), between);
    X509_verify_cert(context.get());
    sk_X509_free(between);
    return X509_STORE_CTX_get_error(context.get());
}

TEST(TestPki, every_standard_certificate_chains_as_its_name_says) {
    TestPki pki;
    const std::vector<Certificate> roots{pki.root(CaKind::p256).certificate,
                                         pki.root(CaKind::sm2).certificate};
    for (const auto& name : TestPki::names()) {
        const auto issued = pki.named(name);
        int expected = X509_V_OK;
        if (name == "expired") expected = X509_V_ERR_CERT_HAS_EXPIRED;
        if (name == "not-yet-valid") expected = X509_V_ERR_CERT_NOT_YET_VALID;
        if (name == "untrusted") expected = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
        EXPECT_EQ(verifyWithOpenSsl(issued.certificate, issued.chain, roots), expected) << name;
        EXPECT_EQ(X509_check_private_key(issued.certificate.native(), issued.key.get()), 1) << name;
        EXPECT_EQ(issued.certificate.mayDigitallySign(), !name.starts_with("encryption-")) << name;
        EXPECT_EQ(issued.certificate.mayAuthenticateClients(), name != "wrong-eku") << name;
    }
}

TEST(TestPki, named_is_the_same_and_issue_is_new) {
    TestPki pki;
    EXPECT_EQ(pki.person().certificate, pki.person().certificate);
    const auto profile = TestPki::profile("person");
    EXPECT_NE(pki.issue(profile).certificate.serialHex(), pki.issue(profile).certificate.serialHex());
    const auto renewed = pki.renewedEnterprise();
    const auto before = pki.enterprise();
    EXPECT_EQ(renewed.certificate.subject(), before.certificate.subject());
    EXPECT_EQ(EVP_PKEY_eq(renewed.key.get(), before.key.get()), 0);
}

TEST(TestPki, two_of_them_do_not_trust_each_other) {
    TestPki one;
    TestPki other;
    const auto issued = one.enterprise();
    EXPECT_NE(verifyWithOpenSsl(issued.certificate, other.trusted(), {other.root(CaKind::p256).certificate}),
              X509_V_OK);
}

TEST(TestPki, addresses_for_revocation_name_the_ca) {
    TestPki pki({.ocspUrl = "http://127.0.0.1:1/ocsp/{ca}", .crlUrl = "http://127.0.0.1:1/{ca}.crl"});
    const auto leaf = pki.enterprise(KeyKind::sm2).certificate;
    STACK_OF(OPENSSL_STRING)* urls = X509_get1_ocsp(leaf.native());
    ASSERT_EQ(sk_OPENSSL_STRING_num(urls), 1);
    EXPECT_STREQ(sk_OPENSSL_STRING_value(urls, 0), "http://127.0.0.1:1/ocsp/sm2");
    X509_email_free(urls);
    EXPECT_GE(X509_get_ext_by_NID(leaf.native(), NID_crl_distribution_points, -1), 0);
    EXPECT_LT(X509_get_ext_by_NID(pki.ocspResponder(CaKind::sm2).certificate.native(), NID_info_access, -1),
              0);
}

TEST(TestPki, crl_is_signed_and_lists_the_revoked_certificate_only) {
    TestPki pki;
    for (const auto kind : {CaKind::p256, CaKind::rsa}) {
        const auto der = pki.crl(kind);
        const unsigned char* cursor = der.data();
        const X509CrlPtr crl(d2i_X509_CRL(nullptr, &cursor, static_cast<long>(der.size())));
        ASSERT_NE(crl, nullptr);
        EXPECT_EQ(X509_CRL_verify(crl.get(), pki.authority(kind).certificate.key()), 1);
        X509_REVOKED* entry = nullptr;
        EXPECT_EQ(X509_CRL_get0_by_cert(crl.get(), &entry, pki.revoked().certificate.native()),
                  kind == CaKind::p256 ? 1 : 0);
        EXPECT_EQ(X509_CRL_get0_by_cert(crl.get(), &entry, pki.enterprise().certificate.native()), 0);
    }
}

/// The signed bytes, the signature as DER and its algorithm, of anything that is SEQUENCE { tbs, algorithm,
/// BIT STRING }.
struct SignedBody {
    Bytes tbs;
    Bytes signature;
    int algorithm = NID_undef;
};

bool sm2Verifies(const SignedBody& body, const Certificate& signer) {
    return body.algorithm == NID_SM2_with_SM3 &&
           verifySignature(Algorithm::sm2sm3, signer.key(), body.tbs, derToRaw(body.signature, 32).value())
               .has_value();
}

/// Reads one DER header and gives the whole value and its content.
struct DerPart {
    BytesView whole;
    BytesView content;
};
DerPart derPart(BytesView bytes) {
    const unsigned char* cursor = bytes.data();
    long length = 0;
    int tag = 0;
    int kind = 0;
    ASN1_get_object(&cursor, &length, &tag, &kind, static_cast<long>(bytes.size()));
    const auto head = static_cast<std::size_t>(cursor - bytes.data());
    return {bytes.first(head + static_cast<std::size_t>(length)),
            bytes.subspan(head, static_cast<std::size_t>(length))};
}

SignedBody signedBody(BytesView der) {
    const auto inside = derPart(der).content;
    const auto tbs = derPart(inside).whole;
    const auto afterTbs = inside.subspan(tbs.size());
    const auto algorithm = derPart(afterTbs).whole;
    const auto value = derPart(afterTbs.subspan(algorithm.size())).content.subspan(1);
    const unsigned char* cursor = algorithm.data();
    X509_ALGOR* parsed = d2i_X509_ALGOR(nullptr, &cursor, static_cast<long>(algorithm.size()));
    const ASN1_OBJECT* object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, parsed);
    SignedBody body{Bytes(tbs.begin(), tbs.end()), Bytes(value.begin(), value.end()), OBJ_obj2nid(object)};
    X509_ALGOR_free(parsed);
    return body;
}

TEST(TestPki, sm2_crl_is_signed_with_the_default_id) {
    TestPki pki;
    EXPECT_TRUE(sm2Verifies(signedBody(pki.crl(CaKind::sm2)), pki.authority(CaKind::sm2).certificate));
}

OcspBasicPtr basicOf(const Bytes& der) {
    const unsigned char* cursor = der.data();
    const OcspResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(der.size())));
    EXPECT_EQ(OCSP_response_status(response.get()), OCSP_RESPONSE_STATUS_SUCCESSFUL);
    return OcspBasicPtr(OCSP_response_get1_basic(response.get()));
}

TEST(TestPki, ocsp_response_of_ca_and_of_responder_verifies) {
    TestPki pki;
    const auto responder = pki.ocspResponder(CaKind::p256);
    const auto& ca = pki.authority(CaKind::p256);
    for (const Issued* signer : {static_cast<const Issued*>(nullptr), &responder}) {
        const auto der = makeOcspResponse(ca, {.entries = {{pki.enterprise().certificate},
                                                           {pki.revoked().certificate, OcspStatus::revoked}},
                                               .thisUpdate = pki.now(),
                                               .nextUpdate = pki.now() + 1h,
                                               .responder = signer});
        const auto basic = basicOf(der);
        const X509StorePtr store(X509_STORE_new());
        X509_STORE_add_cert(store.get(), pki.root(CaKind::p256).certificate.native());
        STACK_OF(X509)* extra = sk_X509_new_null();
        sk_X509_push(extra, ca.certificate.native());
        EXPECT_EQ(OCSP_basic_verify(basic.get(), extra, store.get(), 0), 1) << (signer != nullptr);
        sk_X509_free(extra);
        EXPECT_EQ(OCSP_resp_count(basic.get()), 2);
        int reason = 0;
        EXPECT_EQ(OCSP_single_get0_status(OCSP_resp_get0(basic.get(), 0), &reason, nullptr, nullptr, nullptr),
                  V_OCSP_CERTSTATUS_GOOD);
        EXPECT_EQ(OCSP_single_get0_status(OCSP_resp_get0(basic.get(), 1), &reason, nullptr, nullptr, nullptr),
                  V_OCSP_CERTSTATUS_REVOKED);
    }
}

TEST(TestPki, sm2_ocsp_response_is_signed_with_the_default_id) {
    TestPki pki;
    const auto responder = pki.ocspResponder(CaKind::sm2);
    const auto der =
        makeOcspResponse(pki.authority(CaKind::sm2), {.entries = {{pki.enterprise(KeyKind::sm2).certificate}},
                                                      .thisUpdate = pki.now(),
                                                      .responder = &responder});
    OCSP_BASICRESP* basic = basicOf(der).release();
    Bytes basicDer(static_cast<std::size_t>(i2d_OCSP_BASICRESP(basic, nullptr)));
    unsigned char* cursor = basicDer.data();
    i2d_OCSP_BASICRESP(basic, &cursor);
    OCSP_BASICRESP_free(basic);
    EXPECT_TRUE(sm2Verifies(signedBody(basicDer), responder.certificate));
}

TEST(TestPki, ocsp_failure_has_its_status) {
    const auto der = makeOcspFailure(OCSP_RESPONSE_STATUS_TRYLATER);
    const unsigned char* cursor = der.data();
    const OcspResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(der.size())));
    EXPECT_EQ(OCSP_response_status(response.get()), OCSP_RESPONSE_STATUS_TRYLATER);
}

TEST(TestPki, tls_certificate_holds_for_its_names) {
    TestPki pki;
    const auto server = pki.tlsServer({"localhost", "127.0.0.1", "::1"});
    X509* native = server.certificate.native();
    EXPECT_EQ(X509_check_host(native, "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(native, "uc.example.test", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(native, "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(native, "::1", 0), 1);
    EXPECT_EQ(verifyWithOpenSsl(server.certificate, server.chain, {pki.root(CaKind::tls).certificate}),
              X509_V_OK);
    EXPECT_NE(verifyWithOpenSsl(pki.tlsServer({"localhost"}, CaKind::otherTls).certificate, server.chain,
                                {pki.root(CaKind::tls).certificate}),
              X509_V_OK);
}

TEST(TestPki, der_value_writes_every_length_form) {
    EXPECT_EQ(derValue(0x13, Bytes(1, 'x')), (Bytes{0x13, 0x01, 'x'}));
    for (const std::size_t size : {0x7FU, 0x80U, 0xFFU, 0x100U, 0xFFFFU}) {
        const auto part = derPart(derValue(0x04, Bytes(size)));
        EXPECT_EQ(part.content.size(), size);
    }
}

/// A folder for one test, removed with it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "signet-test-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

mode_t modeOf(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777;
}

TEST(TestPki, files_are_complete_and_keys_are_private) {
    const TemporaryFolder folder;
    TestPki pki;
    writeTestPki(pki,
                 {folder.path(), {"enterprise-p256", "enterprise-sm2", "revoked"}, {"extra.example.test"}});
    const auto manifest = Json::parse(readFile(folder.path() / "manifest.json", 1 << 20).value());
    EXPECT_EQ(manifest.at("certificates").size(), 3U);
    for (const auto& [name, entry] : manifest.at("certificates").items()) {
        const auto pem =
            readFile(folder.path() / entry.at("certificate").get<std::string>(), 1 << 20).value();
        EXPECT_EQ(Certificate::fromPem(pem).value().at(0).fingerprintHex(),
                  entry.at("sha256").get<std::string>())
            << name;
        EXPECT_EQ(Certificate::fromPem(
                      readFile(folder.path() / entry.at("chain").get<std::string>(), 1 << 20).value())
                      ->size(),
                  2U);
        EXPECT_EQ(modeOf(folder.path() / entry.at("key").get<std::string>()), 0600U) << name;
        EXPECT_EQ(modeOf(folder.path() / (name + ".key.der")), 0600U) << name;
    }
    for (const auto* file :
         {"tls.key", "tls-wrong-name.key", "tls-other-root.key", "ca/root-ec.key", "ocsp/responder-sm2.key"})
        EXPECT_EQ(modeOf(folder.path() / file), 0600U) << file;
    const auto tls = Certificate::fromPem(readFile(folder.path() / "tls.crt", 1 << 20).value()).value();
    EXPECT_EQ(X509_check_host(tls.at(0).native(), "extra.example.test", 0, 0, nullptr), 1);
    EXPECT_TRUE(readFile(folder.path() / "index.txt", 1 << 20)->starts_with("R\t"));
}

TEST(TestPki, written_key_fits_its_certificate) {
    const TemporaryFolder folder;
    TestPki pki;
    writeTestPki(pki, {folder.path(), {"enterprise-sm2"}, {}});
    const auto text = readFile(folder.path() / "enterprise-sm2.key", 1 << 16).value();
    const BioPtr source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const EvpPkeyPtr key(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr));
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(keyTypeOf(key.get()), KeyType::sm2);
    EXPECT_EQ(X509_check_private_key(pki.enterprise(KeyKind::sm2).certificate.native(), key.get()), 1);
}

}  // namespace
}  // namespace signet
