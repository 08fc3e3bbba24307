// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/host_tokens.hpp"

#include "agent/main_queue.hpp"
#include "agent/module_worker.hpp"
#include "agent/token_memory.hpp"
#include "pkcs11/token_watch.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace signet {

using std::chrono::steady_clock;

namespace {

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

/// Between two deaths of a host that are not of one cause.
constexpr std::chrono::seconds kCalm{10};

/// A token that is gone has no better word from a module without PC/SC than "general error".
bool mayMeanRemoval(const Error& error) {
    return error.code == ErrorCode::tokenError &&
           (error.reason == "general_error" || error.reason == "function_failed" ||
            error.reason == "device_error");
}

}  // namespace

StartTokenEvents systemTokenEvents() {
    return [](std::function<void(const TokenEvent&)> onEvent) {
        return std::make_shared<TokenWatch>(std::move(onEvent));
    };
}

/// Main thread only, but for what is inside the queue and the workers.
struct HostTokens::State {
    State(const std::filesystem::path& program, const std::vector<std::filesystem::path>& paths,
          HostDeadlines deadlines, StartTokenEvents start);

    std::size_t orderOf(const std::filesystem::path& path) const;
    bool isWatched() const { return !watchers.empty(); }
    void toMain(std::function<void()> call) { queue.post(std::move(call)); }

    void ask(CommandId id, std::size_t order);
    void onAnswer(CommandId id, const ModuleListing& listing, TokenMemory::Generation asked);
    void onListed(CommandId id, const ModuleListing& listing);
    template <class T, class Call>
    CommandId run(const std::filesystem::path& module, Call call, Reply<T> reply);

    void startWatching();
    void onEvent(const TokenEvent& event);
    void onReaderEvent(const TokenEvent& event);
    void onUsbEvent(const TokenEvent& event);
    void onHostSpoke(std::size_t order, IdleEvent event);
    void refresh(std::size_t order);
    void restartHost(std::size_t order);
    void watchSlots(std::size_t order);
    void tell(const TokensChange& change);

    std::map<CommandId, Listing> listings;
    std::map<CommandId, ModuleWorker*> commands;
    std::map<CommandId, std::function<void(const TokensChange&)>> watchers;
    CommandId lastId = 0;
    std::uint64_t usbRemovals = 0;
    TokenMemory memory;
    struct ModuleState {
        bool hasSlotWatch = false;
        CommandId lastAsked = 0;
        std::optional<steady_clock::time_point> diedAt{};
    };
    std::vector<ModuleState> states;
    const StartTokenEvents startEvents;
    MainQueue queue;  ///< outlives the workers and the events, which post to it
    std::vector<std::unique_ptr<ModuleWorker>> modules;
    std::shared_ptr<void> events;
};

HostTokens::State::State(const std::filesystem::path& program,
                         const std::vector<std::filesystem::path>& paths, HostDeadlines deadlines,
                         StartTokenEvents start)
    : memory(paths), states(paths.size()), startEvents(std::move(start)) {
    for (std::size_t order = 0; order < paths.size(); ++order)
        modules.push_back(std::make_unique<ModuleWorker>(
            program, paths[order], deadlines,
            [this, order](IdleEvent event) { toMain([this, order, event] { onHostSpoke(order, event); }); }));
}

/// modules.size() for none.
std::size_t HostTokens::State::orderOf(const std::filesystem::path& path) const {
    const auto found =
        std::find_if(modules.begin(), modules.end(), [&](const auto& m) { return m->path() == path; });
    return static_cast<std::size_t>(found - modules.begin());
}

// ---- listing ----

void HostTokens::State::ask(CommandId id, std::size_t order) {
    auto& worker = *modules[order];
    states[order].lastAsked = id;
    const auto asked = memory.generation(order);
    worker.post(id, [this, id, order, asked, path = worker.path()](TokenHostClient& client) {
        ModuleListing answer{.module = path, .order = order, .result = client.list()};
        toMain([this, id, asked, answer = std::move(answer)] { onAnswer(id, answer, asked); });
    });
}

/// What was learned counts, whoever had asked and whether or not they still want to know.
void HostTokens::State::onAnswer(CommandId id, const ModuleListing& listing, TokenMemory::Generation asked) {
    // Something happened while it was asked: what it says may be of before. It is asked again, unless that is
    // under way, and only that is told.
    const bool isStale = isWatched() && asked != memory.generation(listing.order);
    TokensChange change;
    if (listing.result && !isStale) {
        change = memory.learn(listing.order, *listing.result, asked);
        if (isWatched()) watchSlots(listing.order);
    }
    onListed(id, listing);
    tell(change);
    if (isStale && isWatched() && states[listing.order].lastAsked == id) ask(++lastId, listing.order);
}

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

// ---- commands with a PIN ----

template <class T, class Call>
CommandId HostTokens::State::run(const std::filesystem::path& module, Call call, Reply<T> reply) {
    const auto id = ++lastId;
    const auto order = orderOf(module);
    const auto removals = usbRemovals;
    auto* worker = order < modules.size() ? modules[order].get() : nullptr;
    commands[id] = worker;
    const auto deliver = [this, id, order, removals,
                          reply = std::move(reply)](const std::shared_ptr<Result<T>>& result) {
        toMain([this, id, order, removals, reply, result] {
            // A PIN's tries, or what is on the token, may have changed.
            if (order < modules.size()) memory.forget(order);
            const bool isBlind = order < modules.size() && !memory.isPcsc(order);
            if (!*result && isBlind && removals != usbRemovals && mayMeanRemoval(result->error()))
                result->error().code = ErrorCode::tokenRemoved;
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

// ---- events ----

void HostTokens::State::startWatching() {
    if (events) return;
    // What was told before is not known to be so any more.
    memory.forgetAll();
    events = startEvents([this](const TokenEvent& event) { toMain([this, event] { onEvent(event); }); });
}

void HostTokens::State::onEvent(const TokenEvent& event) {
    if (event.source == TokenEventSource::reader)
        onReaderEvent(event);
    else
        onUsbEvent(event);
}

/// A removal needs no module's word: some believe in a card for a second after it has gone.
void HostTokens::State::onReaderEvent(const TokenEvent& event) {
    const bool isNameWhole = event.reader.size() <= kSlotDescriptionBytes;
    if (!event.isArrival && !event.isServiceChange && isNameWhole)
        return tell(memory.removeReader(event.reader));
    // Without the service nobody could say which modules are of PC/SC.
    for (std::size_t order = 0; order < modules.size(); ++order)
        if (event.isServiceChange || memory.mayUseReaders(order)) refresh(order);
}

void HostTokens::State::onUsbEvent(const TokenEvent& event) {
    if (!event.isArrival) ++usbRemovals;
    for (std::size_t order = 0; order < modules.size(); ++order) {
        if (memory.isPcsc(order)) continue;
        restartHost(order);
        refresh(order);
    }
}

/// After the death of an idle host the next command has a new one. It is given at once, so that the tokens
/// are known again, but not to a module that dies again and again.
void HostTokens::State::onHostSpoke(std::size_t order, IdleEvent event) {
    bool isWorthAsking = isWatched();
    if (event == IdleEvent::hostDied) {
        const auto now = steady_clock::now();
        const auto before = std::exchange(states[order].diedAt, now);
        isWorthAsking = isWorthAsking && (!before || now - *before >= kCalm);
    }
    if (isWorthAsking) return refresh(order);
    memory.forget(order);
}

/// Asks one module again, so that its tokens are told to who watches.
void HostTokens::State::refresh(std::size_t order) {
    memory.forget(order);
    ask(++lastId, order);
}

void HostTokens::State::restartHost(std::size_t order) {
    modules[order]->post(++lastId, [](TokenHostClient& client) { client.restart(); });
}

/// Once a module, and only where PC/SC does not tell already.
void HostTokens::State::watchSlots(std::size_t order) {
    if (states[order].hasSlotWatch || memory.isPcsc(order)) return;
    states[order].hasSlotWatch = true;
    modules[order]->post(++lastId, [this, order](TokenHostClient& client) {
        if (!client.watchSlots()) toMain([this, order] { onHostSpoke(order, IdleEvent::hostDied); });
    });
}

void HostTokens::State::tell(const TokensChange& change) {
    if (change.isEmpty()) return;
    const auto told = watchers;  // who hears of it may stop to watch, or begin
    for (const auto& [id, onChanged] : told)
        if (watchers.contains(id)) onChanged(change);
}

// ---- the interface ----

HostTokens::HostTokens(const std::filesystem::path& program,
                       const std::vector<std::filesystem::path>& modules, HostDeadlines deadlines,
                       StartTokenEvents startEvents)
    : m_state(std::make_unique<State>(program, modules, deadlines, std::move(startEvents))) {
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
        const auto& path = state->modules[order]->path();
        listing.inventory.modules.push_back({.module = path, .order = order});
        const auto* known = state->isWatched() ? state->memory.recall(order) : nullptr;
        if (known == nullptr)
            state->ask(id, order);
        else
            state->toMain(
                [state, id, answer = ModuleListing{path, order, *known}] { state->onListed(id, answer); });
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

CommandId HostTokens::requestCertificate(const std::filesystem::path& module, CertificateRequest request,
                                         SecretBytes pin, Reply<CertificateRequestReply> reply) {
    const auto call = [request = std::move(request),
                       secret = share(std::move(pin))](TokenHostClient& client) {
        return client.requestCertificate(request, std::move(*secret));
    };
    return m_state->run<CertificateRequestReply>(module, call, std::move(reply));
}

CommandId HostTokens::installCertificate(const std::filesystem::path& module,
                                         CertificateInstallRequest request, SecretBytes pin,
                                         Reply<CertificateInstallReply> reply) {
    const auto call = [request = std::move(request),
                       secret = share(std::move(pin))](TokenHostClient& client) {
        return client.installCertificate(request, std::move(*secret));
    };
    return m_state->run<CertificateInstallReply>(module, call, std::move(reply));
}

CommandId HostTokens::watch(std::function<void(const TokensChange&)> onChanged) {
    const auto id = ++m_state->lastId;
    m_state->startWatching();
    m_state->watchers[id] = std::move(onChanged);
    return id;
}

/// A listing is left to end by itself: other commands wait for the host, and starting one anew costs more
/// than its answer.
void HostTokens::cancel(CommandId command) {
    m_state->listings.erase(command);
    m_state->watchers.erase(command);
    const auto node = m_state->commands.extract(command);
    if (!node.empty() && node.mapped() != nullptr) node.mapped()->cancel(command);
}

}  // namespace signet
