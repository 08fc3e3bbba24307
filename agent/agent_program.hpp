// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agent_options.hpp"
#include "agent/configuration_files.hpp"
#include "agent/login_parts.hpp"
#include "agent/ui.hpp"

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace signet {

class Resident;

/// What the agent asks with and shows itself by. Thread: main.
class AgentFace {
public:
    virtual ~AgentFace() = default;
    virtual Ui& ui() = 0;
    /// The doors are open; both live until onClosing() has returned.
    virtual void onOpened(Resident&, LoginParts&) {}
    virtual void onClosing() {}
    /// The agent was started again: the user looks for it.
    virtual void onShow() {}
    /// A login of the user's own begins; its first question comes later.
    virtual void onOwnLogin(const LoginRequest&) {}
    /// A link that was opened led to no login.
    virtual void onLinkRefused(const Error&) {}
};

/// What a face is made with; all of it outlives the face.
struct FaceSetting {
    const AgentOptions& options;
    const Configuration& configuration;
    const ConfigurationPaths& paths;
    Language language;
    std::string version;
};
using OpenFace = std::function<Result<std::unique_ptr<AgentFace>>(const FaceSetting&)>;

/// The face without a desktop: an askpass program, or nobody.
Result<std::unique_ptr<AgentFace>> openAskerFace(const FaceSetting& setting);

/// The program `signet-agent`: reads the arguments (without the program's name), and serves until it is told
/// to end; started again, it hands its arguments to the one that runs. Gives the exit status.
/// Thread: main, with a Qt application.
int runAgent(const std::vector<std::string>& arguments, const ConfigurationPaths& paths, std::ostream& out,
             std::ostream& err, const std::string& version, const OpenFace& openFace);

/// Opens an address in the user's browser.
void openInBrowser(const std::string& url);

}  // namespace signet
