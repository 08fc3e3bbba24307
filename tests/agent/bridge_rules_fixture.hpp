// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge_rules.hpp"

#include <string>
#include <utility>
#include <vector>

namespace signet {

inline const std::string kAllowedOrigin = "https://uc.example.test";
inline const std::string kOurHost = "127.0.0.1:28617";

inline BridgePolicy testPolicy() {
    return {{kAllowedOrigin, "https://app.example.test:8443", "chrome-extension://abcdefghijklmnop"}, 28617};
}

/// A request with its own memory, which starts as an honest one and is bent from there.
struct TestHead {
    std::string method = "GET";
    std::string target = "/v1/hello";
    bool isHttp11 = true;
    std::vector<std::pair<std::string, std::string>> fields{{"Host", kOurHost}, {"Origin", kAllowedOrigin}};

    static TestHead upgrade() {
        TestHead head;
        head.target = "/v1";
        for (const auto& field : std::vector<std::pair<std::string, std::string>>{
                 {"Connection", "keep-alive, Upgrade"},
                 {"Upgrade", "websocket"},
                 {"Sec-WebSocket-Version", "13"},
                 {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                 {"Sec-WebSocket-Protocol", "signet.v1"}})
            head.fields.push_back(field);
        return head;
    }
    TestHead& to(std::string where) {
        target = std::move(where);
        return *this;
    }
    TestHead& by(std::string how) {
        method = std::move(how);
        return *this;
    }
    TestHead& without(const std::string& name) {
        std::erase_if(fields, [&](const auto& field) { return field.first == name; });
        return *this;
    }
    TestHead& add(std::string name, std::string value) {
        fields.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    TestHead& set(const std::string& name, std::string value) {
        for (auto& [known, content] : fields)
            if (known == name) {
                content = std::move(value);
                return *this;
            }
        return add(name, std::move(value));
    }
    tl::expected<BridgeAdmission, BridgeRefusal> admitted() const {
        BridgeHead head{method, target, isHttp11, {}};
        for (const auto& [name, value] : fields) head.fields.emplace_back(name, value);
        return admit(head, testPolicy());
    }
    /// 0: let in.
    unsigned status() const {
        const auto admission = admitted();
        return admission ? 0 : admission.error();
    }
};

}  // namespace signet
