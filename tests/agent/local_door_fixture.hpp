// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/local_door.hpp"
#include "cli_test_folder.hpp"
#include "desk_fixture.hpp"
#include "local_client.hpp"

#include <memory>
#include <vector>

namespace signet {

inline const std::string kExtension = "chrome-extension://abcdefghijklmnop/";
inline const std::string kHelloRequest = R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{}})";

/// The door in a folder of its own, with all behind it by script.
class LocalDoorTest : public testing::Test, protected DeskDoubles {
protected:
    LocalDoorTest() { testApplication(); }

    void open() {
        auto opened = LocalDoor::open(options, services, [this](const LocalOpening& opening) {
            openings.push_back(opening);
            return answer;
        });
        ASSERT_TRUE(opened) << opened.error().detail;
        door = std::move(*opened);
    }
    LocalClient connect() const {
        LocalClient client(options.socket);
        EXPECT_TRUE(client.isConnected());
        return client;
    }
    /// A page that has been let in.
    LocalClient page(const std::string& origin = kIssuer) const {
        auto client = connect();
        client.say(localOpeningText(ExtensionOpening{kExtension, origin}));
        EXPECT_EQ(client.next(), R"({"ok":true})");
        return client;
    }
    /// The door's own events, without any time of the logins.
    static void settle() {
        for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
    }

    const TestFolder folder;
    LoginDesk desk{ports()};
    TokenPresence presence{tokens};
    ApprovedSites sites{folder / "sites.json", {}};
    PageServices services{desk, presence, sites, {}};
    LocalDoorOptions options{folder / "agent.sock", {kExtension, "agent@signet.org"}, {kIssuer, kSite}, {}};
    std::vector<LocalOpening> openings;
    LocalAnswer answer;
    std::unique_ptr<LocalDoor> door;
};

}  // namespace signet
