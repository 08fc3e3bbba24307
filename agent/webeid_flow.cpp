// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/webeid_flow.hpp"

#include "agent/canonical_url.hpp"
#include "agent/consented_signature.hpp"
#include "agent/turns.hpp"

#include <cassert>
#include <chrono>
#include <utility>

namespace signet {
namespace {

constexpr std::chrono::minutes kAnswerWithin{5};
/// As long as a token host may take to sign.
constexpr std::chrono::minutes kLookAgainAfter{1};

Result<void> checkRequest(const WebEidRequest& request) {
    if (!isCanonicalOrigin(request.origin)) return fail(ErrorCode::originNotAllowed, "not a page's origin");
    return checkWebEidNonce(request.challengeNonce);
}

LoginQuestion questionOf(const WebEidRequest& request) {
    return {.host = std::string(hostOf(request.origin)),
            .origin = request.origin,
            .kind = LoginKind::webEid,
            .claims = {"certificate"}};
}

}  // namespace

/// What is behind WebEidFlow: a question, a time limit and what is signed.
class WebEidFlow::Run final : private SignatureOwner, private Turns<WebEidFlow::Run> {
public:
    Run(LoginPorts ports, WebEidRequest request) : m_ports(std::move(ports)), m_request(std::move(request)) {}
    ~Run() {
        if (m_step == LoginStep::choose) stop();
        m_signature.writeJournal(errorInfo(ErrorCode::userCancelled).name);
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void start(Reply<WebEidToken> reply);
    void cancel();
    LoginStep step() const { return m_step == LoginStep::choose ? m_signature.step() : m_step; }

private:
    friend class Turns<Run>;

    void finish(Result<WebEidToken> result);
    void finishWith(const Error& error) { finish(fail(error)); }
    void stop();
    void onSiteConfirmed(bool isWanted);
    void openSignature();
    void startTimer(std::chrono::minutes delay);
    void onTooSlow();
    void onCertificateReady() override { m_signature.enterPin(); }
    Result<SigningOrder> order() override;
    void onSigned(MadeSignature signature) override;
    void onNotSigned(const Error& error) override { finish(fail(error)); }

    const LoginPorts m_ports;
    const WebEidRequest m_request;
    Reply<WebEidToken> m_reply;
    LoginStep m_step = LoginStep::idle;  ///< choose: m_signature's own
    ConsentedSignature m_signature{m_ports, *this};
    CommandId m_timer = 0;
};

void WebEidFlow::Run::start(Reply<WebEidToken> reply) {
    assert(m_step == LoginStep::idle);
    m_reply = std::move(reply);
    if (auto good = checkRequest(m_request); !good) return finish(fail(good.error()));
    m_step = LoginStep::choose;
    startTimer(kAnswerWithin);
    if (m_request.isApprovedSite) return openSignature();
    m_ports.ui.confirm(questionOf(m_request), Confirmation::purposeText, then(&Run::onSiteConfirmed));
}

void WebEidFlow::Run::onSiteConfirmed(bool isWanted) {
    if (!isWanted) return finish(fail(ErrorCode::userCancelled));
    openSignature();
}

void WebEidFlow::Run::openSignature() {
    m_signature.open(questionOf(m_request), {.isForWebEid = true}, {});
}

void WebEidFlow::Run::cancel() {
    if (m_step != LoginStep::choose) return;
    finish(fail(ErrorCode::userCancelled));
}

/// The last thing that happens: the reply may destroy this object.
void WebEidFlow::Run::finish(Result<WebEidToken> result) {
    if (m_step == LoginStep::choose) {
        m_ports.ui.showEnd(result ? nullptr : &result.error());
        stop();
    }
    m_step = LoginStep::done;
    m_signature.writeJournal(result ? "ok" : errorInfo(result.error().code).name);
    const auto reply = std::exchange(m_reply, nullptr);
    reply(std::move(result));
}

void WebEidFlow::Run::stop() {
    endTurn();
    m_signature.stop();
    if (m_timer != 0) m_ports.timers.cancel(m_timer);
    m_ports.ui.close();
}

void WebEidFlow::Run::startTimer(std::chrono::minutes delay) {
    m_timer = m_ports.timers.after(delay, [this] { onTooSlow(); });
}

/// A person was too slow. What the token has begun it may end, but a wrong PIN asks the person again.
void WebEidFlow::Run::onTooSlow() {
    const auto now = step();
    if (now == LoginStep::sign || now == LoginStep::verify) return startTimer(kLookAgainAfter);
    m_timer = 0;
    finish(fail(ErrorCode::timeout, "nobody answered", "not_answered"));
}

Result<SigningOrder> WebEidFlow::Run::order() {
    SigningOrder order{.kind = MessageKind::webEid,
                       .algorithms = webEidAlgorithms(m_signature.chain().leaf().keyType())};
    order.journal = {.origin = m_request.origin, .kind = LoginKind::webEid};
    for (const auto algorithm : order.algorithms) {
        const auto message = webEidMessage(algorithm, m_request.origin, m_request.challengeNonce);
        if (!message) return fail(message.error());
        order.messages.emplace_back(textOf(*message));
    }
    return order;
}

/// ConsentedSignature has verified it over what it gave to the token; here it is verified as the site will,
/// from the request.
void WebEidFlow::Run::onSigned(MadeSignature signature) {
    WebEidToken token{m_signature.chain().leaf(), signature.algorithm, std::move(signature.signature)};
    auto verified = verifyWebEidToken(token, m_request.origin, m_request.challengeNonce);
    if (!verified)
        return finish(fail(ErrorCode::signatureInvalid, verified.error().detail, "does_not_verify"));
    finish(std::move(token));
}

WebEidFlow::WebEidFlow(LoginPorts ports, WebEidRequest request)
    : m_run(std::make_unique<Run>(std::move(ports), std::move(request))) {
}

WebEidFlow::~WebEidFlow() = default;

void WebEidFlow::start(Reply<WebEidToken> reply) {
    m_run->start(std::move(reply));
}

void WebEidFlow::cancel() {
    m_run->cancel();
}

LoginStep WebEidFlow::step() const {
    return m_run->step();
}

}  // namespace signet
