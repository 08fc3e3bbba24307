// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/revocation_sources.hpp"

#include "certs/openssl.hpp"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace signet {
namespace {

constexpr std::size_t kMaxUrlBytes = 1024;

using StringsPtr = std::unique_ptr<STACK_OF(OPENSSL_STRING),
                                   decltype([](STACK_OF(OPENSSL_STRING) * all) { X509_email_free(all); })>;
using DistributionPointsPtr = std::unique_ptr<CRL_DIST_POINTS, Free<&CRL_DIST_POINTS_free>>;

void addUris(std::vector<std::string>& addresses, const GENERAL_NAMES* names) {
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int type = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
        if (type != GEN_URI) continue;
        addresses.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                               static_cast<std::size_t>(ASN1_STRING_length(value)));
    }
}

}  // namespace

bool isFetchableUrl(std::string_view url) {
    if (!url.starts_with("http://") || url.size() > kMaxUrlBytes) return false;
    if (!std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F'; })) return false;
    const auto authority = url.substr(7, url.find_first_of("/?#", 7) - 7);
    if (authority.empty() || authority.front() == ':' || authority.find('@') != std::string_view::npos)
        return false;
    int usesTls = 0;
    const bool isUrl = OSSL_HTTP_parse_url(std::string(url).c_str(), &usesTls, nullptr, nullptr, nullptr,
                                           nullptr, nullptr, nullptr, nullptr) == 1;
    ERR_clear_error();
    return isUrl && usesTls == 0;
}

std::vector<std::string> ocspAddresses(const Certificate& certificate) {
    const StringsPtr all(X509_get1_ocsp(certificate.native()));
    std::vector<std::string> addresses;
    for (int i = 0; i < sk_OPENSSL_STRING_num(all.get()); ++i)
        addresses.emplace_back(sk_OPENSSL_STRING_value(all.get(), i));
    ERR_clear_error();
    return addresses;
}

std::vector<std::string> crlAddresses(const Certificate& certificate) {
    const DistributionPointsPtr points(static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(certificate.native(), NID_crl_distribution_points, nullptr, nullptr)));
    std::vector<std::string> addresses;
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
        if (point->reasons != nullptr || point->CRLissuer != nullptr) continue;
        if (point->distpoint != nullptr && point->distpoint->type == 0)
            addUris(addresses, point->distpoint->name.fullname);
    }
    ERR_clear_error();
    return addresses;
}

}  // namespace signet
