// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/bodies.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "certs/identity.hpp"
#include "platform/vault.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace signet {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kMaxSignatureBytes = 1024;

/// Reads the members of one object and remembers the first fault.
class Members {
public:
    Members(const Json& object, std::initializer_list<std::string_view> allowed) : m_object(object) {
        if (!object.is_object()) {
            fault("(not an object)");
            return;
        }
        for (auto it = object.begin(); it != object.end(); ++it)
            if (std::find(allowed.begin(), allowed.end(), it.key()) == allowed.end())
                fault("(unknown member)");
    }

    bool has(const char* name) const { return m_object.is_object() && m_object.contains(name); }
    const Json& value(const char* name) {
        static const Json kMissing;
        if (has(name)) return m_object.at(name);
        fault(name);
        return kMissing;
    }
    std::string text(const char* name) {
        const auto* text = value(name).get_ptr<const std::string*>();
        if (text != nullptr) return *text;
        fault(name);
        return {};
    }
    std::string optionalText(const char* name) { return has(name) ? text(name) : std::string(); }
    /// base64url of exactly so many bytes, as text.
    std::string binary(const char* name, std::size_t bytes) {
        auto encoded = text(name);
        const auto decoded = fromBase64Url(encoded);
        if (!decoded || decoded->size() != bytes) fault(name);
        return encoded;
    }
    void fault(std::string_view name) {
        if (m_fault.empty()) m_fault = name;
    }
    Result<void> check() const {
        if (m_fault.empty()) return {};
        return fail(ErrorCode::badRequest, "member not accepted: " + m_fault, "body_malformed");
    }

private:
    const Json& m_object;
    std::string m_fault;
};

Purpose readPurpose(Members& members, std::initializer_list<Purpose> offered) {
    const auto purpose = purposeFromName(members.text("purpose"));
    if (purpose && std::find(offered.begin(), offered.end(), *purpose) != offered.end()) return *purpose;
    members.fault("purpose");
    return Purpose::login;
}

Act readAct(Members& outer) {
    Members members(outer.value("act"),
                    {"as", "org", "name", "mandate"});  // A name from outside is never shown.
    constexpr std::array<std::string_view, 4> kKinds{"self", "legal_rep", "operator", "enterprise"};
    Act act;
    act.as = members.text("as");
    act.org = members.optionalText("org");
    act.mandate = members.optionalText("mandate");
    if (std::find(kKinds.begin(), kKinds.end(), act.as) == kKinds.end()) outer.fault("act.as");
    const bool isSelf = act.as == "self";
    if (isSelf ? members.has("org") || members.has("mandate") : !isUsccShaped(act.org))
        outer.fault("act.org");
    if (act.mandate.size() > 64) outer.fault("act.mandate");
    if (!members.check()) outer.fault("act");
    return act;
}

ChannelBinding readBinding(Members& outer) {
    Members members(outer.value("cb"), {"type", "data"});
    ChannelBinding binding{members.text("type"), members.optionalText("data")};
    const bool isNone = binding.type == "none" && binding.data.empty();
    const auto data = fromBase64Url(binding.data);
    const bool isEndPoint = binding.type == "tls-server-end-point" && data && data->size() == kHashBytes;
    if (!isNone && !isEndPoint) members.fault("");
    if (!members.check() || (!isNone && !isEndPoint)) outer.fault("cb");
    return binding;
}

}  // namespace

Result<PageStart> parsePageStart(std::string_view body) {
    auto json = parseStrictJson(body);
    if (!json) return fail(std::move(json.error()));
    Members members(*json, {"client", "req", "purpose"});
    PageStart start;
    start.purpose = readPurpose(members, {Purpose::login, Purpose::bind});
    // No application is registered yet, so there is none to name.
    if (members.has("client") && !members.value("client").is_null()) members.fault("client");
    if (!members.optionalText("req").empty()) start.request = members.binary("req", kHashBytes);
    return members.check().map([&] { return start; });
}

Result<AgentStart> parseAgentStart(std::string_view body) {
    auto json = parseStrictJson(body);
    if (!json) return fail(std::move(json.error()));
    Members members(*json, {"purpose", "sid", "act", "certificate"});
    AgentStart start;
    start.purpose = readPurpose(members, {Purpose::login, Purpose::bind, Purpose::rebind});
    start.sessionBinding = members.binary("sid", kHashBytes);
    if (members.has("act")) start.act = readAct(members);
    if (start.purpose == Purpose::rebind)
        start.target = fromBase64Url(members.binary("certificate", kHashBytes)).value_or(Bytes{});
    else if (members.has("certificate"))
        members.fault("certificate");
    return members.check().map([&] { return start; });
}

Result<LoginPost> parseLoginPost(std::string_view body) {
    auto json = parseStrictJson(body);
    if (!json) return fail(std::move(json.error()));
    Members members(*json, {"challenge_id", "protected", "signature", "cb"});
    LoginPost post;
    post.challengeId = members.binary("challenge_id", kIdBytes);
    post.protectedText = members.text("protected");
    const auto signature = fromBase64Url(members.text("signature"));
    if (!signature || signature->empty() || signature->size() > kMaxSignatureBytes)
        members.fault("signature");
    else
        post.signature = *signature;
    post.binding = readBinding(members);
    if (auto good = members.check(); !good) return fail(std::move(good.error()));
    post.bodyHash = digestOf(canonicalJson(*json));
    return post;
}

Result<CompletePost> parseCompletePost(std::string_view body) {
    auto json = parseStrictJson(body);
    if (!json) return fail(std::move(json.error()));
    Members members(*json, {"challenge_id", "handoff", "secret"});
    CompletePost post;
    post.challengeId = members.binary("challenge_id", kIdBytes);
    post.handoff = members.binary("handoff", kHashBytes);
    if (members.has("secret")) post.secret = members.binary("secret", kHashBytes);
    if (auto good = members.check(); !good) return fail(std::move(good.error()));
    post.bodyHash = digestOf(canonicalJson(*json));
    return post;
}

Result<CompletePost> parsePreviewPost(std::string_view body) {
    auto post = parseCompletePost(body);
    if (post && !post->secret)
        return fail(ErrorCode::badRequest, "member not accepted: secret", "body_malformed");
    return post;
}

}  // namespace signet
