// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/revocation.hpp"

#include "certs/crl_index.hpp"
#include "certs/ocsp.hpp"
#include "certs/revocation_asn1.hpp"
#include "certs/revocation_cache.hpp"
#include "certs/revocation_sources.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace signet {
namespace {

constexpr std::size_t kMaxOcspCacheBytes = 32 * 1024 * 1024;
constexpr std::size_t kMaxCrlCacheBytes = 256 * 1024 * 1024;
constexpr std::size_t kMaxSources = 4;
constexpr std::size_t kNonceBytes = 16;
constexpr std::chrono::seconds kLeftAlone{10};
constexpr std::chrono::minutes kKeptWithoutNextUpdate{5};
/// A CA that gives days to an answer must not hide a revocation for so long.
constexpr std::chrono::hours kMaxOcspAge{1};
constexpr std::chrono::hours kMaxCrlAge{24};
/// An answer within the clocks' skew after its nextUpdate is not fetched for every login.
constexpr std::chrono::minutes kMinAge{1};
/// 20 MB over 2 Mbit/s. Longer than a login may take: a CRL is loaded in the background.
constexpr std::chrono::minutes kCrlDeadline{2};

/// What is left of a call's time.
class Budget {
public:
    explicit Budget(std::chrono::milliseconds total) : m_end(std::chrono::steady_clock::now() + total) {}
    /// One source's part where `sources` are still to be asked.
    std::chrono::milliseconds share(std::size_t sources) const {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now());
        return left / static_cast<int>(std::max<std::size_t>(1, sources));
    }

private:
    std::chrono::steady_clock::time_point m_end;
};

/// Sources that gave nothing to use a moment ago, with what was wrong.
class FailedSources {
public:
    std::optional<Error> find(const std::string& source, TimePoint now) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_failures.find(source);
        if (found == m_failures.end() || now >= found->second.until) return std::nullopt;
        return found->second.error;
    }
    void add(const std::string& source, TimePoint now, Error error) {
        const std::lock_guard lock(m_mutex);
        if (m_failures.size() > kMaxKnown) m_failures.clear();
        error.detail += " (a moment ago)";
        m_failures.insert_or_assign(source, Failure{now + kLeftAlone, std::move(error)});
    }

private:
    struct Failure {
        TimePoint until;
        Error error;
    };
    static constexpr std::size_t kMaxKnown = 1024;
    std::mutex m_mutex;
    std::unordered_map<std::string, Failure> m_failures;
};

struct Source {
    bool isOcsp = true;
    std::string url;
};

/// One certificate of the chain with its issuer.
struct Question {
    const Certificate& certificate;
    const Certificate& issuer;
};

tl::unexpected<Error> revoked(TimePoint at, int reason) {
    Error error;
    error.code = ErrorCode::certificateRevoked;
    error.reason = crlReasonName(reason);
    error.detail = "revoked at " + timeText(at);
    error.params["date"] = dateText(at);
    return fail(std::move(error));
}

TimePoint keptUntil(TimePoint nextUpdate, TimePoint now, std::chrono::seconds maxAge) {
    return std::clamp(nextUpdate, now + kMinAge, now + maxAge);
}

void addSources(std::vector<Source>& sources, bool isOcsp, const std::optional<std::string>& described,
                const std::vector<std::string>& named) {
    const auto start = sources.size();
    const auto& urls = described ? std::vector<std::string>{*described} : named;
    for (const auto& url : urls)
        if (isFetchableUrl(url) && sources.size() - start < kMaxSources) sources.push_back({isOcsp, url});
}

}  // namespace

struct RevocationChecker::State {
    RevocationTransport& transport;
    const Clock& clock;
    RevocationPolicy fallbackPolicy;
    std::chrono::milliseconds deadline;
    FailedSources failed{};
    RevocationCache<OcspAnswer> answers{kMaxOcspCacheBytes};
    RevocationCache<CrlIndex> crls{kMaxCrlCacheBytes};  ///< last: its loads use the others

    Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                        std::chrono::milliseconds time);
    RevocationCache<OcspAnswer>::Loaded loadAnswer(const std::string& url, const Question& question,
                                                   std::chrono::milliseconds time);
    RevocationCache<CrlIndex>::Loaded loadCrl(const std::string& url, const Certificate& issuer);
    Result<std::shared_ptr<const CrlIndex>> crlOf(const std::string& url, const Certificate& issuer,
                                                  std::chrono::milliseconds time);
    Result<RevocationProof> askOcsp(const std::string& url, const Question& question,
                                    std::chrono::milliseconds time);
    Result<RevocationProof> askCrl(const std::string& url, const Question& question,
                                   std::chrono::milliseconds time);
    Result<RevocationProof> ask(const std::vector<Source>& sources, const Question& question,
                                const Budget& budget);
    Result<RevocationProof> checkOne(const Chain& chain, std::size_t index, RevocationPolicy policy,
                                     const Budget& budget);
};

Result<Bytes> RevocationChecker::State::fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                                              std::chrono::milliseconds time) {
    auto answer = transport.fetch(url, body, maxBytes, time);
    if (answer && answer->size() > maxBytes) return unusable("source_too_large", url);
    return answer;
}

RevocationCache<OcspAnswer>::Loaded RevocationChecker::State::loadAnswer(const std::string& url,
                                                                         const Question& question,
                                                                         std::chrono::milliseconds time) {
    Bytes nonce(kNonceBytes);
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return {fail(ErrorCode::internalError, "no random numbers")};
    const auto request = ocspRequest(question.certificate, question.issuer, nonce);
    if (!request) return {fail(request.error())};
    if (time <= std::chrono::milliseconds::zero())
        return {unusable("source_timeout", "no time left for " + url)};
    if (auto error = failed.find(url, clock.now())) return {fail(std::move(*error))};
    auto der = fetch(url, *request, kMaxOcspBytes, time);
    if (!der) {
        failed.add(url, clock.now(), der.error());
        return {fail(der.error())};
    }
    const auto now = clock.now();
    auto answer = readOcspResponse(std::move(*der), question.certificate, question.issuer, nonce, now);
    if (!answer) return {fail(answer.error())};
    // A responder that does not know a certificate yet will know it soon.
    const bool isBrief = !answer->nextUpdate || answer->state == OcspAnswer::State::unknown;
    const auto until = keptUntil(answer->nextUpdate.value_or(now + kKeptWithoutNextUpdate), now,
                                 isBrief ? kKeptWithoutNextUpdate : kMaxOcspAge);
    const auto bytes = answer->der.size() + 512;
    return {std::make_shared<const OcspAnswer>(std::move(*answer)), until, bytes};
}

RevocationCache<CrlIndex>::Loaded RevocationChecker::State::loadCrl(const std::string& url,
                                                                    const Certificate& issuer) {
    auto der = fetch(url, {}, kMaxCrlBytes, kCrlDeadline);
    if (!der) return {fail(der.error())};
    const auto now = clock.now();
    auto index = CrlIndex::fromDer(std::move(*der), issuer, now);
    if (!index) return {fail(index.error())};
    const auto until = keptUntil(index->nextUpdate(), now, kMaxCrlAge);
    const auto bytes = index->der().size() + index->size() * 32;
    return {std::make_shared<const CrlIndex>(std::move(*index)), until, bytes};
}

/// A CRL that fails, or is not there in time, is not asked for again at once, but one that came in the
/// meantime is used.
Result<std::shared_ptr<const CrlIndex>> RevocationChecker::State::crlOf(const std::string& url,
                                                                        const Certificate& issuer,
                                                                        std::chrono::milliseconds time) {
    const auto key = url + " " + issuer.fingerprintHex();
    const auto now = clock.now();
    if (auto kept = crls.kept(key, now)) return kept;
    if (time <= std::chrono::milliseconds::zero())
        return unusable("source_timeout", "no time left for " + url);
    if (auto error = failed.find(key, now)) return fail(std::move(*error));
    const auto loaded = crls.getWithin(key, now, time, [this, url, issuer] { return loadCrl(url, issuer); });
    Result<std::shared_ptr<const CrlIndex>> crl = unusable("source_timeout", url + ": still loading");
    if (loaded) crl = *loaded;
    if (!crl) failed.add(key, now, crl.error());
    return crl;
}

Result<RevocationProof> RevocationChecker::State::askOcsp(const std::string& url, const Question& question,
                                                          std::chrono::milliseconds time) {
    const auto key =
        url + " " + question.certificate.fingerprintHex() + " " + question.issuer.fingerprintHex();
    const auto answer = answers.get(key, clock.now(), [&] { return loadAnswer(url, question, time); });
    if (!answer) return fail(answer.error());
    switch ((*answer)->state) {
        case OcspAnswer::State::revoked:
            return revoked((*answer)->revokedAt, (*answer)->reason);
        case OcspAnswer::State::unknown:
            return unusable("ocsp_unknown", "the responder does not know this certificate");
        case OcspAnswer::State::good:
            break;
    }
    RevocationProof proof;
    proof.kind = RevocationProof::Kind::ocsp;
    proof.der = (*answer)->der;
    proof.thisUpdate = (*answer)->thisUpdate;
    proof.nextUpdate = (*answer)->nextUpdate;
    return proof;
}

Result<RevocationProof> RevocationChecker::State::askCrl(const std::string& url, const Question& question,
                                                         std::chrono::milliseconds time) {
    const auto crl = crlOf(url, question.issuer, time);
    if (!crl) return fail(crl.error());
    if (!(*crl)->speaksFor(question.certificate))
        return unusable("crl_scope", "the CRL does not speak for this certificate");
    if (const auto entry = (*crl)->find(question.certificate))
        return revoked(entry->revokedAt, entry->reason);
    RevocationProof proof;
    proof.kind = RevocationProof::Kind::crl;
    proof.der = (*crl)->der();
    proof.thisUpdate = (*crl)->thisUpdate();
    proof.nextUpdate = (*crl)->nextUpdate();
    return proof;
}

/// The first source that knows. Errors: certificateRevoked; revocationUnknown with what each of them said.
Result<RevocationProof> RevocationChecker::State::ask(const std::vector<Source>& sources,
                                                      const Question& question, const Budget& budget) {
    Error last;
    std::string said;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const auto& [isOcsp, url] = sources[i];
        const auto time = budget.share(sources.size() - i);
        auto proof = isOcsp ? askOcsp(url, question, time) : askCrl(url, question, time);
        if (proof || proof.error().code == ErrorCode::certificateRevoked) return proof;
        last = std::move(proof.error());
        said += (said.empty() ? "" : "; ") + std::string(isOcsp ? "OCSP " : "CRL ") + last.reason + ": " +
                last.detail;
    }
    return unusable(last.reason, said);
}

Result<RevocationProof> RevocationChecker::State::checkOne(const Chain& chain, std::size_t index,
                                                           RevocationPolicy policy, const Budget& budget) {
    const Question question{chain.certificates[index], chain.certificates[index + 1]};
    const bool isDirect = question.issuer == chain.issuer.certificate;
    const auto ocspNamed = ocspAddresses(question.certificate);
    const auto crlNamed = crlAddresses(question.certificate);
    std::vector<Source> sources;
    addSources(sources, true, chain.issuer.ocspUrl, ocspNamed);
    addSources(sources, false, isDirect ? chain.issuer.crlUrl : std::nullopt, crlNamed);
    auto proof = ask(sources, question, budget);
    if (proof || proof.error().code == ErrorCode::certificateRevoked) return proof;
    if (sources.empty()) {
        const bool isNamed = !ocspNamed.empty() || !crlNamed.empty();
        proof = unusable(isNamed ? "url_scheme" : "no_source", "the certificate names no http:// source");
    }
    if (policy == RevocationPolicy::hardFail) return proof;
    RevocationProof none;
    none.note = sources.empty() ? proof.error().reason : "soft_fail: " + proof.error().detail;
    return none;
}

RevocationChecker::RevocationChecker(RevocationTransport& transport, const Clock& clock,
                                     RevocationPolicy fallbackPolicy, std::chrono::milliseconds deadline)
    : m_state(new State{transport, clock, fallbackPolicy, deadline}) {
}

RevocationChecker::~RevocationChecker() {
    stop();
}

void RevocationChecker::stop() {
    m_state->transport.stop();
}

Result<RevocationProof> RevocationChecker::check(const Chain& chain) {
    const auto policy = chain.issuer.revocation.value_or(m_state->fallbackPolicy);
    RevocationProof proof;
    proof.note = "off";
    if (policy == RevocationPolicy::off) return proof;
    if (chain.certificates.size() < 2) return unusable("no_source", "a chain without an issuer");
    const Budget budget(m_state->deadline);
    auto leaf = m_state->checkOne(chain, 0, policy, budget);
    if (!leaf) return leaf;
    for (std::size_t i = 1; i + 1 < chain.certificates.size(); ++i) {
        if (chain.certificates[i] == chain.issuer.certificate) break;
        auto intermediate = m_state->checkOne(chain, i, policy, budget);
        if (!intermediate) {
            if (intermediate.error().code == ErrorCode::certificateRevoked)
                intermediate.error().reason = "issuer_revoked";
            return intermediate;
        }
        leaf->intermediates.push_back(std::move(*intermediate));
    }
    return leaf;
}

}  // namespace signet
