// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/identity.hpp"

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

enum class IssuerClass { licensedCa, lockIssuer };
enum class RevocationPolicy { hardFail, softFail, off };
std::string_view toString(IssuerClass issuerClass);
std::string_view toString(RevocationPolicy policy);
std::optional<RevocationPolicy> revocationPolicyFromName(std::string_view name);

/// A CA of the trust folder with what its description file says (docs/administration.md): keys name, class,
/// revocation, identity-rule, identity-extension, identity-subject, kind, licence, licence-from, licence-to,
/// ocsp-url, crl-url.
struct TrustedIssuer {
    Certificate certificate;
    std::string name{};
    IssuerClass issuerClass = IssuerClass::licensedCa;
    std::optional<RevocationPolicy> revocation{};  ///< nullopt: as the program's configuration says
    IdentityRule identityRule{};
    std::string licence{};
    std::optional<TimePoint> licensedFrom{};  ///< the first second
    std::optional<TimePoint> licensedTo{};    ///< the last second
    std::optional<std::string> ocspUrl{};     ///< instead of the certificate's own
    std::optional<std::string> crlUrl{};
};

/// The CAs that are trusted, loaded once. Any of them may be a trust anchor, also one that is not
/// self-signed. Thread: any, never changed after load.
class TrustList {
public:
    /// Every *.pem and *.crt of the folder (several certificates a file are allowed; symbolic links are
    /// followed), with NAME.conf beside NAME.pem where there is one; its description holds for every
    /// certificate of the file. Of a certificate that is there twice the described one counts. Errors:
    /// configurationInvalid, naming the file and, for a description, the line: a folder or file that others
    /// may write, a certificate that is no CA's, an unknown key or value, a description without certificate,
    /// two of one certificate.
    static Result<TrustList> load(const std::filesystem::path& folder);
    explicit TrustList(std::vector<TrustedIssuer> issuers = {});

    const std::vector<TrustedIssuer>& issuers() const { return m_issuers; }
    const TrustedIssuer* find(const Certificate& certificate) const;
    /// Adds what another folder has; the first description of a certificate stays. Thread: before the list is
    /// shared.
    void merge(const TrustList& other);

    /// OpenSSL's form of the list, made once; copies of the list share it and nobody changes it.
    X509_STORE* store() const { return m_store.get(); }

private:
    std::vector<TrustedIssuer> m_issuers;
    std::shared_ptr<X509_STORE> m_store;  ///< shared by all copies of this list
};

}  // namespace signet
