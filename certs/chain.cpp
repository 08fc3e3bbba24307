// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/chain.hpp"

#include "base/encoding.hpp"
#include "certs/openssl.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace signet {
namespace {

using X509StackPtr =
    std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) { sk_X509_free(stack); })>;

/// More than any chain in use; what is over it cannot make path building slow.
constexpr std::size_t kMaxIntermediates = 16;
constexpr std::size_t kMaxDepth = 8;

tl::unexpected<Error> untrusted(const Certificate& leaf, std::string reason, std::string detail) {
    Error error;
    error.code = ErrorCode::certificateUntrusted;
    error.reason = std::move(reason);
    error.detail = std::move(detail);
    error.params["name"] = leaf.issuerCommonName();
    return fail(std::move(error));
}

tl::unexpected<Error> notForLogin(std::string reason) {
    return fail(ErrorCode::certificateNotForLogin, "keyUsage or extendedKeyUsage", std::move(reason));
}

tl::unexpected<Error> outOfDate(ErrorCode code, TimePoint limit) {
    Error error;
    error.code = code;
    error.detail = timeText(limit);
    error.params["date"] = dateText(limit);
    return fail(std::move(error));
}

/// What OpenSSL's verdict is called here.
std::string reasonFor(int verdict) {
    switch (verdict) {
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_UNTRUSTED:
            return "issuer_unknown";
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "issuer_expired";
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
            return "weak_key";
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return "weak_signature";
        default:
            return "chain_invalid";
    }
}

tl::unexpected<Error> refusal(X509_STORE_CTX* context, const Certificate& leaf, TimePoint now) {
    const int verdict = X509_STORE_CTX_get_error(context);
    const int depth = X509_STORE_CTX_get_error_depth(context);
    ERR_clear_error();
    if (depth == 0)
        if (const auto dates = checkDates(leaf, now); !dates) return fail(dates.error());
    return untrusted(
        leaf, reasonFor(verdict),
        std::string(X509_verify_cert_error_string(verdict)) + " at depth " + std::to_string(depth));
}

X509StackPtr stackOf(std::span<const Certificate> certificates) {
    X509StackPtr stack(sk_X509_new_null());
    for (const auto& certificate : certificates.first(std::min(certificates.size(), kMaxIntermediates)))
        sk_X509_push(stack.get(), certificate.native());
    return stack;
}

/// The object that we know of a certificate that OpenSSL put into the chain.
Result<Certificate> known(X509* native, const Certificate& leaf, std::span<const Certificate> intermediates,
                          const TrustList& trust) {
    if (X509_cmp(native, leaf.native()) == 0) return leaf;
    const auto isSame = [&](const Certificate& certificate) {
        return X509_cmp(native, certificate.native()) == 0;
    };
    const auto given = std::find_if(intermediates.begin(), intermediates.end(), isSame);
    if (given != intermediates.end()) return *given;
    const auto& issuers = trust.issuers();
    const auto listed = std::find_if(issuers.begin(), issuers.end(),
                                     [&](const TrustedIssuer& issuer) { return isSame(issuer.certificate); });
    if (listed == issuers.end())
        return fail(ErrorCode::internalError, "a certificate in the chain that nobody gave");
    return listed->certificate;
}

/// Leaf first, anchor last.
Result<std::vector<Certificate>> verifiedPath(const Certificate& leaf,
                                              std::span<const Certificate> intermediates,
                                              const TrustList& trust, TimePoint now) {
    const X509StackPtr given = stackOf(intermediates);
    const X509StoreCtxPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), trust.store(), leaf.native(), given.get()) != 1)
        return fail(ErrorCode::internalError, "no memory for chain building");
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()), now.time_since_epoch().count());
    if (X509_verify_cert(context.get()) != 1) return refusal(context.get(), leaf, now);
    std::vector<Certificate> path;
    const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        auto certificate = known(sk_X509_value(chain, i), leaf, intermediates, trust);
        if (!certificate) return fail(certificate.error());
        path.push_back(std::move(*certificate));
    }
    if (path.size() < 2) return untrusted(leaf, "issuer_unknown", "a trust anchor is no login certificate");
    return path;
}

/// OpenSSL stops at the first entry of the list that it meets. The entries above that one count too: a
/// challenge may name the root, and a licence may end there. Nothing is trusted because of them, so their
/// dates do not matter.
void extendUpwards(std::vector<Certificate>& path, const TrustList& trust) {
    while (!path.back().isSelfIssued() && path.size() <= kMaxDepth) {
        const auto& issuers = trust.issuers();
        const auto above = std::find_if(issuers.begin(), issuers.end(), [&](const TrustedIssuer& issuer) {
            return issuer.certificate.isCa() && isIssuedBy(path.back().native(), issuer.certificate.native());
        });
        if (above == issuers.end() || std::find(path.begin(), path.end(), above->certificate) != path.end())
            return;
        path.push_back(above->certificate);
    }
}

Result<void> checkLicence(const TrustedIssuer& issuer, const Certificate& leaf, TimePoint now) {
    if (issuer.licensedFrom && now < *issuer.licensedFrom)
        return untrusted(leaf, "licence_not_begun", issuer.name + ": " + timeText(*issuer.licensedFrom));
    if (issuer.licensedTo && now > *issuer.licensedTo)
        return untrusted(leaf, "licence_ended", issuer.name + ": " + timeText(*issuer.licensedTo));
    return {};
}

Result<void> checkAccepted(const std::vector<Certificate>& path, std::span<const std::string> issuers) {
    if (isAcceptedBy(issuers, path)) return {};
    return untrusted(path.front(), "issuer_not_accepted", "no CA of the chain is in the challenge's issuers");
}

}  // namespace

std::vector<Certificate> Chain::forHeader() const {
    auto header = certificates;
    if (header.size() > 1 && header.back().isSelfIssued()) header.pop_back();
    return header;
}

bool isAcceptedBy(std::span<const std::string> issuers, const std::vector<Certificate>& path) {
    if (issuers.empty()) return true;
    return std::any_of(path.begin() + 1, path.end(), [&](const Certificate& ca) {
        return std::find(issuers.begin(), issuers.end(), toBase64Url(ca.fingerprint())) != issuers.end();
    });
}

Result<void> checkLoginUsage(const Certificate& leaf) {
    if (leaf.isCa()) return notForLogin("ca_certificate");
    if (!leaf.mayDigitallySign()) {
        constexpr std::uint32_t kEncryption = KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT | KU_KEY_AGREEMENT;
        const bool isForEncryption = (X509_get_key_usage(leaf.native()) & kEncryption) != 0;
        return notForLogin(isForEncryption ? "encryption_only" : "key_usage");
    }
    if (!leaf.mayAuthenticateClients()) return notForLogin("extended_key_usage");
    return {};
}

Result<void> checkDates(const Certificate& leaf, TimePoint now) {
    if (now < leaf.notBefore()) return outOfDate(ErrorCode::certificateNotYetValid, leaf.notBefore());
    // OpenSSL, too, counts notAfter itself as past.
    if (now >= leaf.notAfter()) return outOfDate(ErrorCode::certificateExpired, leaf.notAfter());
    return {};
}

Result<Chain> buildChain(const Certificate& leaf, std::span<const Certificate> intermediates,
                         const TrustList& trust, TimePoint now, std::span<const std::string> issuers) {
    auto path = verifiedPath(leaf, intermediates, trust, now);
    if (!path) return fail(path.error());
    extendUpwards(*path, trust);
    const TrustedIssuer* nearest = nullptr;
    for (auto ca = path->begin() + 1; ca != path->end(); ++ca) {
        const auto* listed = trust.find(*ca);
        if (listed == nullptr) continue;
        if (auto licensed = checkLicence(*listed, leaf, now); !licensed) return fail(licensed.error());
        if (nearest == nullptr) nearest = listed;
    }
    if (nearest == nullptr)
        return fail(ErrorCode::internalError, "a chain without an entry of the trust list");
    if (auto accepted = checkAccepted(*path, issuers); !accepted) return fail(accepted.error());
    return Chain{std::move(*path), *nearest};
}

Result<Chain> verifyForLogin(const Certificate& leaf, std::span<const Certificate> intermediates,
                             const TrustList& trust, TimePoint now, std::span<const std::string> issuers) {
    if (auto usable = checkLoginUsage(leaf); !usable) return fail(usable.error());
    if (auto current = checkDates(leaf, now); !current) return fail(current.error());
    return buildChain(leaf, intermediates, trust, now, issuers);
}

}  // namespace signet
