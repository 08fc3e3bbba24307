// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"
#include "base/error.hpp"

#include <string>
#include <vector>

namespace signet {

/// What a question shows, in the order of the four questions of a user: who asks, for what, as whom, what
/// now. One line each; everything from outside is shown literally and cut, the host on a line of its own.
std::vector<std::string> questionLines(const LoginQuestion& question, Language language);
/// Each of them by itself; what is not there is an empty line.
/// "请求登录 · 进入「施工许可系统」(政府部门)"
std::string purposeLine(const LoginQuestion& question, Language language);
/// "以法定代表人身份办理:"; the enterprise's name stands by itself.
std::string capacityLine(const Act& act, Language language);
std::string claimsLine(const std::vector<std::string>& claims, Language language);
/// Title, version, what was accepted before, address.
std::string agreementLine(const AgreementCard& card, Language language);
/// The platform's text whole, for all of it is signed.
std::string shownText(const std::string& text);
/// Name, masked number, issuer, end of validity, token.
std::string cardLine(const CertificateCard& card, Language language);
/// "口令(PIN),剩余 5 次:"
std::string pinLine(const PinQuestion& pin, Language language);
/// The question behind a yes, without the lines above it.
std::string confirmationLine(const LoginQuestion& question, Confirmation kind, Language language);
std::string chooseLine(Language language);
std::string retryLine(Language language);
std::string stageLine(LoginStage stage, Language language);

/// The sentence, the advice on a line of its own, the code in brackets.
std::string errorText(const Error& error, Language language);

/// The lines as one text.
std::string joined(const std::vector<std::string>& lines);

}  // namespace signet
