// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity_rules.hpp"

#include "base/json.hpp"
#include "certs/json_member.hpp"
#include "certs/openssl.hpp"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <regex>

namespace signet {
namespace {

constexpr std::size_t kMaxPatternBytes = 256;

tl::unexpected<Error> broken(std::string what) {
    return fail(ErrorCode::configurationInvalid, "identity rules: " + std::move(what), "identity_rules");
}

std::optional<SubjectKind> kindOf(const Json& source) {
    const auto* kind = textMember(source, "kind");
    if (kind != nullptr && *kind == toString(SubjectKind::enterprise)) return SubjectKind::enterprise;
    if (kind != nullptr && *kind == toString(SubjectKind::person)) return SubjectKind::person;
    return std::nullopt;
}

/// One entry of "sources" gives one IdentitySource for each of its patterns.
Result<std::vector<IdentitySource>> sourcesOf(const Json& entry, const Json& patterns) {
    const auto* extension = textMember(entry, "extension");
    const auto* subject = textMember(entry, "subject");
    const auto kind = kindOf(entry);
    const auto names = entry.find("patterns");
    if ((extension == nullptr) == (subject == nullptr) || !kind || names == entry.end() || !names->is_array())
        return broken("a source needs extension or subject, kind and patterns");
    IdentitySource source;
    source.place = extension != nullptr ? IdentitySource::Place::extension : IdentitySource::Place::subject;
    source.oid = extension != nullptr ? *extension : *subject;
    source.kind = *kind;
    source.isFreeText = subject != nullptr;
    std::vector<IdentitySource> sources;
    for (const auto& name : *names) {
        const auto* pattern =
            name.is_string() ? textMember(patterns, name.get_ref<const std::string&>().c_str()) : nullptr;
        if (pattern == nullptr) return broken("unknown pattern for " + source.oid);
        source.pattern = *pattern;
        if (auto fault = identitySourceFault(source); !fault.empty()) return broken(std::move(fault));
        sources.push_back(source);
    }
    return sources;
}

Result<void> addGroup(IdentityRule& rule, const Json& group, const Json& patterns) {
    if (!group.is_array()) return broken("unknown group of sources in rule " + rule.name);
    for (const auto& entry : group) {
        auto sources = sourcesOf(entry, patterns);
        if (!sources) return fail(sources.error());
        std::move(sources->begin(), sources->end(), std::back_inserter(rule.sources));
    }
    return {};
}

Result<IdentityRule> ruleOf(const std::string& name, const Json& groups, const Json& data) {
    IdentityRule rule;
    rule.name = name;
    if (!groups.is_array()) return broken("rule " + name + " is no list");
    for (const auto& group : groups) {
        if (!group.is_string()) return broken("rule " + name + " names no group");
        const auto sources = data["sources"].find(group.get_ref<const std::string&>());
        if (sources == data["sources"].end()) return broken("unknown group of sources in rule " + name);
        if (auto added = addGroup(rule, *sources, data["patterns"]); !added) return fail(added.error());
    }
    return rule;
}

bool hasObject(const Json& data, const char* name) {
    const auto member = data.find(name);
    return member != data.end() && member->is_object();
}

const Result<std::vector<IdentityRule>>& builtInRules() {
    static const auto rules = parseIdentityRules(identityRulesData());
    return rules;
}

}  // namespace

std::string identitySourceFault(const IdentitySource& source) {
    const std::unique_ptr<ASN1_OBJECT, Free<&ASN1_OBJECT_free>> oid(OBJ_txt2obj(source.oid.c_str(), 1));
    ERR_clear_error();
    if (!oid) return "not a dotted OID: " + source.oid;
    if (source.pattern.empty()) return {};
    if (source.pattern.size() > kMaxPatternBytes) return "pattern over 256 characters for " + source.oid;
    try {
        if (std::regex(source.pattern).mark_count() != 1)
            return "a pattern needs exactly one group, for " + source.oid;
    } catch (const std::regex_error&) {
        return "not an ECMAScript regular expression, for " + source.oid;
    }
    return {};
}

Result<std::vector<IdentityRule>> parseIdentityRules(std::string_view json) {
    const auto data = parseStrictJson(json);
    if (!data) return broken("not JSON (" + data.error().reason + ")");
    if (!data->is_object() || !hasObject(*data, "patterns") || !hasObject(*data, "sources") ||
        !hasObject(*data, "rules"))
        return broken("needs patterns, sources and rules");
    std::vector<IdentityRule> rules;
    for (const auto& [name, groups] : (*data)["rules"].items()) {
        auto rule = ruleOf(name, groups, *data);
        if (!rule) return fail(rule.error());
        rules.push_back(std::move(*rule));
    }
    return rules;
}

Result<IdentityRule> identityRule(std::string_view name) {
    const auto& rules = builtInRules();
    if (!rules) return fail(rules.error());
    const auto found =
        std::find_if(rules->begin(), rules->end(), [&](const auto& rule) { return rule.name == name; });
    if (found == rules->end()) return broken("no rule of the name " + std::string(name));
    return *found;
}

}  // namespace signet
