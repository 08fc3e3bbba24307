// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge.hpp"
#include "bridge_client.hpp"
#include "qt_wait.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <utility>
#include <vector>

namespace signet {

inline const std::string kPageOrigin = "https://uc.example.test";
inline const std::string kOtherOrigin = "https://app.example.test";
inline const std::string kHello = R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{}})";
inline const std::string kCancel = R"({"jsonrpc":"2.0","id":2,"method":"cancel","params":{}})";

/// Remembers what came over the bridge.
class RecordingListener final : public BridgeListener {
public:
    std::vector<std::pair<BridgeConnection, std::string>> opened;
    std::vector<std::pair<BridgeConnection, RpcRequest>> requests;
    std::vector<BridgeConnection> closed;

    void onOpened(BridgeConnection connection, const std::string& origin) override {
        opened.emplace_back(connection, origin);
    }
    void onRequest(BridgeConnection connection, const RpcRequest& request) override {
        requests.emplace_back(connection, request);
    }
    void onClosed(BridgeConnection connection) override { closed.push_back(connection); }
};

/// The real bridge on a port of its own, with its thread.
class BridgeTest : public testing::Test {
protected:
    BridgeTest() { testApplication(); }

    void open() {
        auto listening =
            Bridge::listen(options, listener, [this](std::string_view line) { log(std::string(line)); });
        ASSERT_TRUE(listening) << listening.error().detail;
        bridge = std::move(*listening);
    }
    BridgeClient connect() const { return BridgeClient(bridge->port()); }
    /// A page that has its WebSocket; the listener knows of it.
    BridgeClient page(const std::string& origin = kPageOrigin) {
        auto client = connect();
        EXPECT_EQ(statusOf(client.upgrade(bridge->port(), origin)), 101U);
        const auto count = listener.opened.size();
        EXPECT_TRUE(waitUntil([&] { return listener.opened.size() > count; }));
        return client;
    }
    std::string get(const std::string& target, const std::string& origin,
                    const std::string& more = {}) const {
        auto client = connect();
        client.send(getRequest(target, bridge->port(), origin, more));
        return client.readAll();
    }
    std::vector<std::string> logged() {
        const std::lock_guard lock(m_mutex);
        return m_log;
    }

    RecordingListener listener;
    BridgeOptions options{.ports = {0}, .origins = {kPageOrigin, kOtherOrigin}};
    std::unique_ptr<Bridge> bridge;

private:
    void log(std::string line) {
        const std::lock_guard lock(m_mutex);
        m_log.push_back(std::move(line));
    }
    std::mutex m_mutex;
    std::vector<std::string> m_log;
};

}  // namespace signet
