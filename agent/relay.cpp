// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/relay.hpp"

#include "agent/canonical_url.hpp"
#include "agent/main_queue.hpp"
#include "agent/relay_exchange.hpp"
#include "agent/relay_messages.hpp"
#include "agent/system_proxies.hpp"
#include "base/file.hpp"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <map>

namespace signet {
namespace {

constexpr std::size_t kMaxRootsBytes = 1024 * 1024;
constexpr char kJson[] = "application/json";

/// What an answer may be.
struct AnswerForm {
    std::vector<std::string_view> types{kJson};
    std::size_t maxBytes = 0;  ///< 0: the limit for answers

    bool allows(std::string_view contentType) const {
        return std::find(types.begin(), types.end(), mediaType(contentType)) != types.end();
    }
};

Result<QList<QSslCertificate>> readRoots(const std::vector<std::filesystem::path>& files) {
    QList<QSslCertificate> roots;
    for (const auto& file : files) {
        const auto pem = readFile(file, kMaxRootsBytes);
        if (!pem) return fail(pem.error());
        const auto found = QSslCertificate::fromData(QByteArray::fromStdString(*pem), QSsl::Pem);
        if (found.isEmpty())
            return fail(ErrorCode::configurationInvalid, file.string() + ": no certificate", "issuer_ca");
        roots += found;
    }
    return roots;
}

QNetworkRequest plainRequest(const std::string& url, const QSslConfiguration& tls) {
    QNetworkRequest request(QUrl(QString::fromStdString(url), QUrl::StrictMode));
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto attribute :
         {QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::CookieSaveControlAttribute,
          QNetworkRequest::AuthenticationReuseAttribute})
        request.setAttribute(attribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, "signet");
    request.setRawHeader("Accept", "application/json, application/problem+json");
    // Set by us, so that Qt does not unpack an answer to more than was read.
    request.setRawHeader("Accept-Encoding", "identity");
    return request;
}

Error withHost(Error error, const std::string& issuer) {
    error.params.emplace("host", std::string(hostOf(issuer)));
    return error;
}

/// What belongs to one issuer: connections are not shared between issuers, whose roots differ.
struct Peer {
    QNetworkAccessManager network;
    QSslConfiguration tls;
};

}  // namespace

struct Relay::State {
    RootsFor rootsFor;
    RelayLimits limits;
    std::map<std::string, std::unique_ptr<Peer>> peers;
    std::map<CommandId, std::unique_ptr<HttpExchange>> exchanges;
    std::map<CommandId, std::function<void()>> refused;  ///< requests that failed before they began
    CommandId lastId = 0;
    MainQueue queue;  ///< destroyed first: no call comes after it

    using Handler = std::function<void(Result<HttpAnswer>)>;

    Result<Peer*> peerFor(const std::string& issuer);
    CommandId refuse(std::function<void()> answer);
    CommandId send(const std::string& issuer, const std::string& url,
                   const std::function<void(HttpQuestion&)>& fill, std::size_t maxBytes, Handler handler);
    template <class T, class Parse>
    CommandId ask(const std::string& issuer, const std::string& url,
                  const std::function<void(HttpQuestion&)>& fill, Parse parse, Reply<T> reply,
                  const AnswerForm& form = {});
};

Result<Peer*> Relay::State::peerFor(const std::string& issuer) {
    if (!isCanonicalIssuer(issuer))
        return fail(ErrorCode::issuerNotAllowed, "not a canonical https URL", "issuer_form");
    const auto known = peers.find(issuer);
    if (known != peers.end()) return known->second.get();
    const auto files = rootsFor ? rootsFor(issuer) : std::vector<std::filesystem::path>{};
    auto roots = readRoots(files);
    if (!roots) return fail(roots.error());
    auto peer = std::make_unique<Peer>();
    peer->network.setProxyFactory(new SystemProxies);  // owned by the access manager
    peer->network.setAutoDeleteReplies(false);
    peer->tls = QSslConfiguration::defaultConfiguration();
    peer->tls.setProtocol(QSsl::TlsV1_2OrLater);
    peer->tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!files.empty()) peer->tls.setCaCertificates(*roots);
    return (peers[issuer] = std::move(peer)).get();
}

CommandId Relay::State::refuse(std::function<void()> answer) {
    const auto id = ++lastId;
    refused[id] = std::move(answer);
    queue.post([this, id] {
        const auto node = refused.extract(id);
        if (!node.empty()) node.mapped()();
    });
    return id;
}

CommandId Relay::State::send(const std::string& issuer, const std::string& url,
                             const std::function<void(HttpQuestion&)>& fill, std::size_t maxBytes,
                             Handler handler) {
    const auto peer = peerFor(issuer);
    if (!peer) {
        const auto error = withHost(peer.error(), issuer);
        return refuse([handler = std::move(handler), error] { handler(fail(error)); });
    }
    HttpQuestion question{.request = plainRequest(url, (*peer)->tls)};
    fill(question);
    const auto id = ++lastId;
    const auto done = [this, id, handler = std::move(handler)](Result<HttpAnswer> answer) {
        const auto ended = exchanges.extract(id);  // lives until the handler is through
        handler(std::move(answer));
    };
    auto ofThis = limits;
    if (maxBytes != 0) ofThis.answerBytes = maxBytes;
    exchanges[id] = std::make_unique<HttpExchange>((*peer)->network, std::move(question), ofThis, done);
    return id;
}

template <class T, class Parse>
CommandId Relay::State::ask(const std::string& issuer, const std::string& url,
                            const std::function<void(HttpQuestion&)>& fill, Parse parse, Reply<T> reply,
                            const AnswerForm& form) {
    const auto handler = [issuer, parse, form, reply = std::move(reply)](Result<HttpAnswer> answer) {
        if (!answer) return reply(fail(answer.error()));
        const auto text =
            std::string_view(answer->body.constData(), static_cast<std::size_t>(answer->body.size()));
        Result<T> result = fail(ErrorCode::internalError);
        if (answer->status != 200)
            result = fail(refusalOf(answer->status, answer->contentType, text));
        else if (!form.allows(answer->contentType))
            result = fail(ErrorCode::platformError, "content type", "answer_malformed");
        else
            result = parse(text, *answer);
        // The answer may have held a handoff or a session.
        wipe(answer->body.data(), static_cast<std::size_t>(answer->body.size()));
        if (!result) return reply(fail(withHost(result.error(), issuer)));
        reply(std::move(result));
    };
    return send(issuer, url, fill, form.maxBytes, handler);
}

Relay::Relay(RootsFor rootsFor, RelayLimits limits) : m_state(std::make_unique<State>()) {
    m_state->rootsFor = std::move(rootsFor);
    m_state->limits = limits;
}

Relay::~Relay() = default;

CommandId Relay::fetchMetadata(const std::string& issuer, Reply<IssuerMetadata> reply) {
    const auto parse = [issuer](std::string_view body, const HttpAnswer&) {
        return parseMetadata(body, issuer);
    };
    return m_state->ask(
        issuer, issuer + "/.well-known/signet-issuer", [](HttpQuestion&) {}, parse, std::move(reply));
}

CommandId Relay::createChallenge(const IssuerMetadata& platform, const ChallengeWish& wish,
                                 Reply<std::string> reply) {
    const auto fill = [&](HttpQuestion& question) {
        question.request.setHeader(QNetworkRequest::ContentTypeHeader, kJson);
        question.body = QByteArray::fromStdString(challengeWishBody(wish));
    };
    const auto parse = [issuer = platform.issuer](std::string_view body, const HttpAnswer&) {
        return parseChallengeReference(body, issuer);
    };
    return m_state->ask(platform.issuer, platform.challengeEndpoint, fill, parse, std::move(reply));
}

CommandId Relay::fetchChallenge(const IssuerMetadata& platform, const std::string& challengeId,
                                Reply<FetchedChallenge> reply) {
    const auto parse = [](std::string_view body, const HttpAnswer& answer) -> Result<FetchedChallenge> {
        auto challenge = parseChallenge(body);
        if (!challenge) return fail(challenge.error());
        return FetchedChallenge{std::move(*challenge), answer.peerCertificate};
    };
    return m_state->ask(
        platform.issuer, platform.challengeEndpoint + "/" + challengeId, [](HttpQuestion&) {}, parse,
        std::move(reply));
}

CommandId Relay::postLogin(const IssuerMetadata& platform, const SignedLogin& login,
                           Reply<RelayedLogin> reply) {
    const auto fill = [&](HttpQuestion& question) {
        question.request.setHeader(QNetworkRequest::ContentTypeHeader, kJson);
        question.body = QByteArray::fromStdString(loginBody(login));
        question.expectedPeer = login.peerCertificate;
    };
    const auto parse = [](std::string_view body, const HttpAnswer&) { return parseLoginAnswer(body); };
    return m_state->ask(platform.issuer, platform.loginEndpoint, fill, parse, std::move(reply));
}

CommandId Relay::complete(const IssuerMetadata& platform, const Completion& completion,
                          Reply<CompletionAnswer> reply) {
    const auto fill = [&](HttpQuestion& question) {
        const auto body = completionBody(completion);
        question.request.setHeader(QNetworkRequest::ContentTypeHeader, kJson);
        question.request.setRawHeader("Idempotency-Key",
                                      QByteArray::fromStdString(completion.idempotencyKey));
        question.body =
            QByteArray(reinterpret_cast<const char*>(body.data()), static_cast<qsizetype>(body.size()));
        question.expectedPeer = completion.peerCertificate;
    };
    const auto parse = [](std::string_view body, const HttpAnswer&) { return parseCompletionAnswer(body); };
    return m_state->ask(platform.issuer, platform.completeEndpoint(), fill, parse, std::move(reply));
}

CommandId Relay::fetchAgreement(const IssuerMetadata& platform, const PublishedAgreement& agreement,
                                Reply<std::string> reply) {
    if (auto isOwn = checkAgreementUrl(agreement.url, platform.issuer); !isOwn) {
        const auto error = withHost(isOwn.error(), platform.issuer);
        return m_state->refuse([reply = std::move(reply), error] { reply(fail(error)); });
    }
    const auto fill = [](HttpQuestion& question) {
        question.request.setRawHeader("Accept", "text/markdown, text/plain;q=0.9");
    };
    const auto parse = [agreement](std::string_view body, const HttpAnswer&) -> Result<std::string> {
        if (auto isSame = checkAgreementText(body, agreement); !isSame) return fail(isSame.error());
        return std::string(body);
    };
    const AnswerForm form{{"text/markdown", "text/plain"}, m_state->limits.agreementBytes};
    return m_state->ask(platform.issuer, agreement.url, fill, parse, std::move(reply), form);
}

void Relay::cancel(CommandId command) {
    m_state->exchanges.erase(command);
    m_state->refused.erase(command);
}

}  // namespace signet
