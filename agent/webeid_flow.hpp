// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/login_ports.hpp"
#include "agent/reply.hpp"
#include "certs/webeid_token.hpp"

#include <memory>
#include <string>

namespace signet {

/// What a page asks for. Whether its origin may ask is the door's business.
struct WebEidRequest {
    std::string origin{};  ///< that the agent saw
    std::string challengeNonce{};
    bool isApprovedSite = false;  ///< the person has logged in there before
};

/// One Web eID authentication: the site's nonce and the origin that the agent saw, signed with a certificate
/// that a person chose and agreed to pass on. Everything from the tokens to the signature is as in LoginFlow
/// and by the same code; the tokens are not touched for a malformed request, nor before the person has agreed
/// to log in at a site that was not approved: it must not learn whether there is one. It takes at most five
/// minutes, the life of a nonce in Web eID's server libraries. `platform`, `issuers`, `agreements` and `sm2`
/// of the ports are not used. Thread: main. May be destroyed at any time, also from its own reply.
class WebEidFlow {
public:
    WebEidFlow(LoginPorts ports, WebEidRequest request);
    /// Ends silently: the reply is not called.
    ~WebEidFlow();
    WebEidFlow(const WebEidFlow&) = delete;
    WebEidFlow& operator=(const WebEidFlow&) = delete;

    /// Once. Errors: those of LoginFlow between the fetch and the relay; originNotAllowed; invalidRequest
    /// with reason "challenge_nonce"; algNotAllowed with reason "web_eid_sm2"; timeout with reason
    /// "not_answered".
    void start(Reply<WebEidToken> reply);
    /// Replies userCancelled, unless the flow has ended.
    void cancel();
    /// Without relay; fetch while the person is asked about the site.
    LoginStep step() const;

private:
    class Run;
    std::unique_ptr<Run> m_run;
};

}  // namespace signet
