// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "certs/revocation.hpp"
#include "certs/statement.hpp"
#include "certs/test_pki/test_pki.hpp"
#include "platform/node.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet::test {

using nlohmann::json;

/// A folder that goes with the object.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

class TestClock final : public Clock {
public:
    TestClock();
    TimePoint now() const override { return TimePoint(std::chrono::seconds(m_seconds.load())); }
    void advance(std::chrono::seconds by) { m_seconds += by.count(); }

private:
    std::atomic<long long> m_seconds;
};

class FakeTransport final : public RevocationTransport {
public:
    using Answer = std::function<Result<Bytes>(const std::string& url)>;
    Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                        std::chrono::milliseconds deadline) override;
    Answer answer{};
    std::atomic<int> calls{0};
};

/// Certificates are made once in the program: RSA keys take time.
TestPki& sharedPki();

/// A challenge that was started, with the secret that its sid is the hash of.
struct Started {
    Challenge challenge;
    std::string secret;
    std::string origin = std::string(kAgentOrigin);
    HttpFields cookies{};  ///< page-started: the Cookie field to send
};

/// The platform in this process without sockets, on a clock that the test sets.
class TestPlatform {
public:
    using Change = std::function<void(PlatformSettings&)>;
    explicit TestPlatform(const Change& change = {}, TestPki& pki = sharedPki());

    /// Ends the node and opens its files again, as after a kill.
    void restart();

    HttpResponse send(const std::string& method, const std::string& path, const std::string& body = {},
                      const HttpFields& fields = {});
    HttpResponse post(const std::string& path, const json& body, const HttpFields& fields = {});

    Started startForAgent(const std::string& purpose, const json& extra = json::object());
    Started startForPage(const HttpFields& fields = {});
    ChannelBinding binding() const { return {"tls-server-end-point", m_binding}; }
    /// The body of POST /agent/v1/logins, signed with this certificate.
    json signedBody(const Started& started, const Issued& signer, Algorithm algorithm) const;
    json signedBody(const Started& started, const Issued& signer) const;
    /// Registers the certificate's identity and gives the challenge.
    Started registerWith(const Issued& signer);
    HttpResponse login(const Started& started, const Issued& signer) {
        return post("/agent/v1/logins", signedBody(started, signer));
    }
    HttpResponse complete(const Started& started, const HttpResponse& login, const HttpFields& fields = {});

    Node& node() { return *m_node; }
    Storage& storage() { return m_node->storage(); }
    TestClock clock;
    FakeTransport transport;
    PlatformSettings settings;
    const TempFolder folder;
    /// Puts something between the node and its storage; used by restart() too.
    std::function<std::unique_ptr<Storage>(std::unique_ptr<Storage>)> wrapStorage{};

private:
    std::string m_binding;
    std::unique_ptr<Node> m_node;
};

/// The algorithm of the certificate's key (RSA: RS256).
Algorithm algorithmOf(const Certificate& certificate);
json bodyOf(const HttpResponse& response);
/// The member "code" of a problem document; empty when the answer is none.
std::string codeOf(const HttpResponse& response);
std::string fieldOf(const HttpResponse& response, std::string_view name);
/// "name=value" of a Set-Cookie field.
std::string cookieOf(const HttpResponse& response, std::string_view name);
/// Everything that a folder's files hold.
std::string allBytesIn(const std::filesystem::path& folder);
std::string signStatement(const Challenge& challenge, std::string_view origin, const ChannelBinding& binding,
                          const Issued& signer, Algorithm algorithm, std::string& protectedText);

}  // namespace signet::test
