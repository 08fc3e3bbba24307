// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/chain.hpp"
#include "certs/identity.hpp"
#include "certs/statement.hpp"
#include "certs/trust_list.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signet {

/// What is known of a protected header whose signature and chain were good.
struct Verdict {
    ProtectedHeader header;
    Chain chain;
    Identity identity;
    TimePoint goodFrom{};
    TimePoint goodUntil{};
};

/// A statement as it came in.
struct SignedStatement {
    std::string_view protectedText;  ///< base64url
    BytesView signature;
    const Challenge& challenge;
    std::string_view origin;
    const ChannelBinding& binding;
};

struct VerifiedStatement {
    std::shared_ptr<const Verdict> verdict;  ///< shared with the cache of verdicts
    std::string payload;                     ///< as it was rebuilt
};

/// The part of a chain that was verified: leaf first, up to the trust list's entry that vouches for it. What
/// stands above that one may have expired.
std::vector<Certificate> verifiedPart(const Chain& chain);

/// Verifies statements. Parsing a certificate and building its chain cost more than the signature does, so
/// both are kept by the SHA-256 of the header that carried them, until the first certificate or licence of
/// the chain ends. Only what verified is kept, so a flood of strangers' certificates pushes nobody out.
/// Thread: any.
class StatementVerifier {
public:
    StatementVerifier(const TrustList& trust, std::size_t maxKept = 4096)
        : m_trust(trust), m_maxKept(maxKept) {}

    /// Errors: badRequest, algNotAllowed, badSignature, those of verifyForLogin, identityMissing.
    Result<VerifiedStatement> verify(const SignedStatement& statement, TimePoint now);

private:
    using Kept = std::pair<std::string, std::shared_ptr<const Verdict>>;
    std::shared_ptr<const Verdict> find(const std::string& key, const Challenge& challenge, TimePoint now);
    void keep(const std::string& key, const std::shared_ptr<const Verdict>& verdict);
    Result<std::shared_ptr<const Verdict>> judge(ProtectedHeader header, const Challenge& challenge,
                                                 TimePoint now) const;

    const TrustList& m_trust;
    const std::size_t m_maxKept;
    std::mutex m_mutex;
    std::list<Kept> m_recent;  ///< most recently used first
    std::unordered_map<std::string, std::list<Kept>::iterator> m_byKey;
};

}  // namespace signet
