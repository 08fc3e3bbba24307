// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/host_tokens.hpp"

#include "agent/main_queue.hpp"
#include "agent/worker_thread.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace signet {
namespace {

/// A module with its host and the thread that talks to it. The thread is the only one that gives commands to
/// the client.
class ModuleWorker {
public:
    ModuleWorker(const std::filesystem::path& program, const std::filesystem::path& module,
                 HostDeadlines deadlines)
        : m_client(program, module, deadlines) {}
    ModuleWorker(const ModuleWorker&) = delete;
    ModuleWorker& operator=(const ModuleWorker&) = delete;
    /// Interrupts what runs; nothing begins any more.
    ~ModuleWorker() {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
        m_client.interrupt();
    }

    const std::filesystem::path& path() const { return m_client.module(); }

    /// Runs `command` on the module's thread unless it was cancelled before.
    void post(CommandId id, std::function<void(TokenHostClient&)> command) {
        m_thread.post([this, id, command = std::move(command)] {
            if (!begin(id)) return;
            command(m_client);
            end();
        });
    }

    /// The command does not begin any more; one that runs is interrupted.
    void cancel(CommandId id) {
        const std::lock_guard lock(m_mutex);
        if (m_running == id)
            m_client.interrupt();
        else if (id > m_lastBegun)
            m_cancelled.insert(id);
    }

private:
    bool begin(CommandId id) {
        const std::lock_guard lock(m_mutex);
        m_lastBegun = id;  // identifiers grow, and a module's commands run in their order
        if (m_isEnding || m_cancelled.erase(id) > 0) return false;
        // From here on an interrupt is for this command, also before the client has begun it.
        m_client.clearInterrupt();
        m_running = id;
        return true;
    }
    void end() {
        const std::lock_guard lock(m_mutex);
        m_running = 0;
    }

    TokenHostClient m_client;
    std::mutex m_mutex;
    CommandId m_running = 0;
    CommandId m_lastBegun = 0;
    bool m_isEnding = false;
    std::set<CommandId> m_cancelled;
    WorkerThread m_thread;  ///< last: destroyed first
};

/// A listing that waits for modules.
struct Listing {
    TokenInventory inventory;
    std::size_t missing = 0;
    std::function<void(const ModuleListing&)> onModule;
    std::function<void(TokenInventory)> onDone;
};

/// A secret on its way into a task, which must be copyable.
using SharedSecret = std::shared_ptr<SecretBytes>;
SharedSecret share(SecretBytes secret) {
    return std::make_shared<SecretBytes>(std::move(secret));
}

}  // namespace

struct HostTokens::State {
    std::map<CommandId, Listing> listings;  ///< main thread only, as all of this but the workers' inside
    std::map<CommandId, ModuleWorker*> commands;
    CommandId lastId = 0;
    MainQueue queue;  ///< outlives the workers, which post to it
    std::vector<std::unique_ptr<ModuleWorker>> modules;

    ModuleWorker* find(const std::filesystem::path& path) const {
        const auto found =
            std::find_if(modules.begin(), modules.end(), [&](const auto& m) { return m->path() == path; });
        return found == modules.end() ? nullptr : found->get();
    }
    void toMain(std::function<void()> call) { queue.post(std::move(call)); }
    void onListed(CommandId id, const ModuleListing& listing);
    template <class T, class Call>
    CommandId run(const std::filesystem::path& module, Call call, Reply<T> reply);
};

void HostTokens::State::onListed(CommandId id, const ModuleListing& listing) {
    auto found = listings.find(id);
    if (found == listings.end()) return;
    found->second.inventory.modules[listing.order] = listing;
    --found->second.missing;
    if (const auto onModule = found->second.onModule) onModule(listing);
    found = listings.find(id);  // onModule may have cancelled it
    if (found == listings.end() || found->second.missing > 0) return;
    auto done = listings.extract(found);
    done.mapped().onDone(std::move(done.mapped().inventory));
}

template <class T, class Call>
CommandId HostTokens::State::run(const std::filesystem::path& module, Call call, Reply<T> reply) {
    const auto id = ++lastId;
    auto* worker = find(module);
    commands[id] = worker;
    const auto deliver = [this, id, reply = std::move(reply)](const std::shared_ptr<Result<T>>& result) {
        toMain([this, id, reply, result] {
            if (commands.erase(id) > 0) reply(std::move(*result));
        });
    };
    if (worker == nullptr) {
        Error error{.code = ErrorCode::moduleFailed, .reason = "unknown_module"};
        error.params["module"] = module.filename().string();
        deliver(std::make_shared<Result<T>>(fail(std::move(error))));
        return id;
    }
    worker->post(id, [call = std::move(call), deliver](TokenHostClient& client) {
        deliver(std::make_shared<Result<T>>(call(client)));
    });
    return id;
}

HostTokens::HostTokens(const std::filesystem::path& program,
                       const std::vector<std::filesystem::path>& modules, HostDeadlines deadlines)
    : m_state(std::make_unique<State>()) {
    for (const auto& module : modules)
        m_state->modules.push_back(std::make_unique<ModuleWorker>(program, module, deadlines));
}

HostTokens::~HostTokens() = default;

CommandId HostTokens::list(std::function<void(const ModuleListing&)> onModule,
                           std::function<void(TokenInventory)> onDone) {
    auto* state = m_state.get();
    const auto id = ++state->lastId;
    auto& listing = state->listings[id];
    listing.missing = state->modules.size();
    listing.onModule = std::move(onModule);
    listing.onDone = std::move(onDone);
    for (std::size_t order = 0; order < state->modules.size(); ++order) {
        auto& worker = *state->modules[order];
        listing.inventory.modules.push_back({.module = worker.path(), .order = order});
        worker.post(id, [state, id, order, path = worker.path()](TokenHostClient& client) {
            ModuleListing answer{.module = path, .order = order, .result = client.list()};
            state->toMain([state, id, answer = std::move(answer)] { state->onListed(id, answer); });
        });
    }
    if (state->modules.empty())
        state->toMain([state, id] {
            auto done = state->listings.extract(id);
            if (!done.empty()) done.mapped().onDone({});
        });
    return id;
}

CommandId HostTokens::sign(const std::filesystem::path& module, SignRequest request, SecretBytes pin,
                           Reply<SignReply> reply) {
    const auto call = [request = std::move(request), secret = share(std::move(pin))](
                          TokenHostClient& client) { return client.sign(request, std::move(*secret)); };
    return m_state->run<SignReply>(module, call, std::move(reply));
}

CommandId HostTokens::changePin(const std::filesystem::path& module, PinChangeRequest request,
                                SecretBytes oldPin, SecretBytes newPin, Reply<void> reply) {
    const auto call = [request = std::move(request), oldSecret = share(std::move(oldPin)),
                       newSecret = share(std::move(newPin))](TokenHostClient& client) {
        return client.changePin(request, std::move(*oldSecret), std::move(*newSecret));
    };
    return m_state->run<void>(module, call, std::move(reply));
}

/// A listing is left to end by itself: other commands wait for the host, and starting one anew costs more
/// than its answer.
void HostTokens::cancel(CommandId command) {
    m_state->listings.erase(command);
    const auto node = m_state->commands.extract(command);
    if (!node.empty() && node.mapped() != nullptr) node.mapped()->cancel(command);
}

}  // namespace signet
