// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/trust_list.hpp"

#include "base/file.hpp"
#include "certs/openssl.hpp"
#include "certs/trust_list_description.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>

namespace signet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPemBytes = 1024 * 1024;
constexpr std::size_t kMaxDescriptionBytes = 16 * 1024;
constexpr std::size_t kMaxIssuers = 4096;

tl::unexpected<Error> refused(const fs::path& path, const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = path.string() + ": " + what;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

Result<void> checkNotWritableByOthers(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return refused(path, std::generic_category().message(errno));
    if ((status.st_mode & S_IWOTH) != 0) return refused(path, "every user may write it");
    return {};
}

Result<std::string> readTrusted(const fs::path& path, std::size_t maxBytes) {
    if (auto checked = checkNotWritableByOthers(path); !checked) return fail(checked.error());
    auto text = readFile(path, maxBytes);
    if (!text) return refused(path, text.error().detail);
    return text;
}

struct FolderContent {
    std::vector<fs::path> certificates;
    std::set<fs::path> descriptions;
};

Result<FolderContent> listFolder(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) return refused(folder, "no folder of CA certificates there");
    if (auto checked = checkNotWritableByOthers(folder); !checked) return fail(checked.error());
    FolderContent content;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const auto extension = entry->path().extension();
        if (extension == ".pem" || extension == ".crt") content.certificates.push_back(entry->path());
        if (extension == ".conf") content.descriptions.insert(entry->path());
    }
    if (error) return refused(folder, error.message());
    std::sort(content.certificates.begin(), content.certificates.end());
    return content;
}

/// An issuer as one file gives it.
struct Loaded {
    TrustedIssuer issuer;
    bool isDescribed = false;
};

Result<Loaded> describe(const Certificate& certificate, const fs::path& conf, const FolderContent& content) {
    Loaded loaded{TrustedIssuer{certificate, certificate.subjectCommonName()},
                  content.descriptions.find(conf) != content.descriptions.end()};
    if (!loaded.isDescribed) return loaded;
    const auto text = readTrusted(conf, kMaxDescriptionBytes);
    if (!text) return fail(text.error());
    if (auto applied = applyDescription(*text, conf.string(), loaded.issuer); !applied)
        return fail(applied.error());
    return loaded;
}

Result<std::vector<Loaded>> loadFile(const fs::path& path, const FolderContent& content) {
    const auto text = readTrusted(path, kMaxPemBytes);
    if (!text) return fail(text.error());
    const auto certificates = Certificate::fromPem(*text);
    if (!certificates) return refused(path, certificates.error().detail);
    std::vector<Loaded> all;
    for (const auto& certificate : *certificates) {
        if (!certificate.isCa()) return refused(path, "not a CA certificate: " + certificate.subject());
        auto loaded = describe(certificate, fs::path(path).replace_extension(".conf"), content);
        if (!loaded) return fail(loaded.error());
        all.push_back(std::move(*loaded));
    }
    return all;
}

Result<void> add(std::vector<Loaded>& all, Loaded loaded, const fs::path& path) {
    const auto known = std::find_if(all.begin(), all.end(), [&](const Loaded& other) {
        return other.issuer.certificate == loaded.issuer.certificate;
    });
    if (known == all.end()) {
        if (all.size() == kMaxIssuers) return refused(path, "too many certificates");
        all.push_back(std::move(loaded));
    } else if (known->isDescribed && loaded.isDescribed) {
        return refused(path, "another description is there for the same certificate");
    } else if (loaded.isDescribed) {
        *known = std::move(loaded);
    }
    return {};
}

Result<void> checkDescriptionsUsed(const FolderContent& content) {
    for (const auto& conf : content.descriptions) {
        const bool isUsed =
            std::any_of(content.certificates.begin(), content.certificates.end(),
                        [&](fs::path path) { return path.replace_extension(".conf") == conf; });
        if (!isUsed) return refused(conf, "describes no certificate: there is no .pem or .crt of that name");
    }
    return {};
}

/// Two CAs may have one name (a new key under the old name, without key identifiers): the signature says
/// which of them it was. OpenSSL would take the first and fail.
int isIssuedByFor(X509_STORE_CTX*, X509* subject, X509* issuer) {
    return isIssuedBy(subject, issuer) ? 1 : 0;
}

/// Partial chains: any certificate of the list ends a chain. Weak keys and digests are refused by level 2
/// (112 bits: RSA-2048, no SHA-1). Strictness about key identifiers (X509_STRICT) is off, for CAs in the
/// field leave them out.
std::shared_ptr<X509_STORE> makeStore(const std::vector<TrustedIssuer>& issuers) {
    X509StorePtr store(X509_STORE_new());
    if (!store) return nullptr;
    for (const auto& issuer : issuers) X509_STORE_add_cert(store.get(), issuer.certificate.native());
    X509_STORE_set_check_issued(store.get(), isIssuedByFor);
    X509_VERIFY_PARAM* rules = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
    X509_VERIFY_PARAM_set_auth_level(rules, 2);
    X509_VERIFY_PARAM_set_depth(rules, 8);
    return {store.release(), &X509_STORE_free};
}

}  // namespace

std::string_view toString(IssuerClass issuerClass) {
    switch (issuerClass) {
        case IssuerClass::licensedCa:
            return "licensed-ca";
        case IssuerClass::lockIssuer:
            return "lock-issuer";
    }
    return "";
}

std::string_view toString(RevocationPolicy policy) {
    switch (policy) {
        case RevocationPolicy::hardFail:
            return "hard-fail";
        case RevocationPolicy::softFail:
            return "soft-fail";
        case RevocationPolicy::off:
            return "off";
    }
    return "";
}

std::optional<RevocationPolicy> revocationPolicyFromName(std::string_view name) {
    for (const auto policy : {RevocationPolicy::hardFail, RevocationPolicy::softFail, RevocationPolicy::off})
        if (name == toString(policy)) return policy;
    return std::nullopt;
}

TrustList::TrustList(std::vector<TrustedIssuer> issuers)
    : m_issuers(std::move(issuers)), m_store(makeStore(m_issuers)) {
}

Result<TrustList> TrustList::load(const fs::path& folder) {
    const auto content = listFolder(folder);
    if (!content) return fail(content.error());
    if (auto used = checkDescriptionsUsed(*content); !used) return fail(used.error());
    std::vector<Loaded> all;
    for (const auto& path : content->certificates) {
        auto file = loadFile(path, *content);
        if (!file) return fail(file.error());
        for (auto& loaded : *file)
            if (auto added = add(all, std::move(loaded), path); !added) return fail(added.error());
    }
    std::vector<TrustedIssuer> issuers;
    for (auto& loaded : all) issuers.push_back(std::move(loaded.issuer));
    return TrustList(std::move(issuers));
}

const TrustedIssuer* TrustList::find(const Certificate& certificate) const {
    const auto found = std::find_if(m_issuers.begin(), m_issuers.end(), [&](const TrustedIssuer& issuer) {
        return issuer.certificate == certificate;
    });
    return found == m_issuers.end() ? nullptr : &*found;
}

void TrustList::merge(const TrustList& other) {
    for (const auto& issuer : other.m_issuers)
        if (find(issuer.certificate) == nullptr) m_issuers.push_back(issuer);
    m_store = makeStore(m_issuers);
}

}  // namespace signet
