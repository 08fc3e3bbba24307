// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_call.hpp"

#include "base/file.hpp"
#include "tests/doubles/fake_module_names.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace signet::fake {
namespace {

constexpr std::size_t kMaxControlBytes = 64 * 1024;

/// `THIS_FILE.control` when it is there, so that several copies of the module in one process tree have a file
/// each; otherwise what the environment names.
std::string controlPath() {
    Dl_info self{};
    if (::dladdr(reinterpret_cast<void*>(&controlPath), &self) != 0) {
        std::string beside = std::string(self.dli_fname) + ".control";
        if (::access(beside.c_str(), R_OK) == 0) return beside;
    }
    const char* named = std::getenv("SIGNET_FAKE_MODULE");
    return named == nullptr ? "" : named;
}

[[noreturn]] void hang() {
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
}

[[noreturn]] void crash() {
    // The default action, whatever a sanitizer or the caller has installed: what is played is a bare crash.
    std::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
    std::abort();
}

}  // namespace

Fake& theFake() {
    // Never destroyed: exit() runs destructors while other threads may still be in here.
    static Fake& fake = *new Fake;
    return fake;
}

Result<void> Fake::reload() {
    auto text = readFile(controlPath(), kMaxControlBytes);
    if (!text) return fail(text.error());
    if (*text == controlText) return {};
    auto parsed = parseControl(*text);
    if (!parsed) return fail(parsed.error());
    if (const auto configured = module.configure(*parsed); !configured) return fail(configured.error());
    control = std::move(*parsed);
    controlText = std::move(*text);
    callsOf.clear();
    allCalls = 0;
    return {};
}

Call::Call(std::string_view function) : m_function(function), m_fake(theFake()), m_lock(m_fake.mutex) {
    if (const auto loaded = m_fake.reload(); !loaded) {
        std::fprintf(stderr, "fake module: %s\n", loaded.error().detail.c_str());
        m_early = CKR_GENERAL_ERROR;
        return;
    }
    const unsigned long ofAll = ++m_fake.allCalls;
    const unsigned long ofFunction = ++m_fake.callsOf[m_function];
    for (const Fault& fault : std::vector<Fault>(m_fake.control.faults))
        if (fault.strikes(function, ofFunction, ofAll)) strike(fault, m_lock);
}

void Call::strike(const Fault& fault, std::unique_lock<std::mutex>& lock) {
    switch (fault.action) {
        case Fault::Action::returnCode:
            m_early = fault.value;
            return;
        case Fault::Action::crash:
            log("crash");
            crash();
        case Fault::Action::exit:
            log("exit");
            lock.unlock();
            std::exit(static_cast<int>(fault.value));
        case Fault::Action::hang:
            log("hang");
            lock.unlock();
            hang();
        case Fault::Action::sleep:
            log("sleep");
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::milliseconds(fault.value));
            lock.lock();
            return;
        case Fault::Action::remove:
            m_fake.module.removeTokens();
            return;
        case Fault::Action::after:
        case Fault::Action::length:
        case Fault::Action::corrupt:
        case Fault::Action::spareZero:
            m_distortion = fault;
            return;
    }
}

void Call::notePin(std::optional<BytesView> pin) {
    note("pin=" + (pin ? sha256Hex(*pin).substr(0, 16) : std::string("none")));
}

void Call::distort(CK_ULONG& count) const {
    if (m_distortion && m_distortion->action == Fault::Action::length) count = m_distortion->value;
}

void Call::corrupt(std::span<std::uint8_t> bytes) const {
    if (m_distortion && m_distortion->action == Fault::Action::corrupt && !bytes.empty()) bytes.back() ^= 1;
}

bool Call::wantsSpareZero() const {
    return m_distortion && m_distortion->action == Fault::Action::spareZero;
}

CK_RV Call::end(CK_RV rv) {
    if (m_distortion && m_distortion->action == Fault::Action::after) rv = m_distortion->value;
    log(rvName(rv));
    return rv;
}

void Call::log(std::string_view outcome) const {
    if (m_fake.control.log.empty()) return;
    const auto& module = m_fake.module;
    const auto field = [](std::string_view name, std::size_t value) {
        return " " + std::string(name) + "=" + std::to_string(value);
    };
    const std::string line = m_function + " " + std::string(outcome) + field("open", module.openSessions()) +
                             field("find", module.activeFinds()) + field("sign", module.activeSigns()) +
                             field("login", module.loggedInTokens()) + m_notes + "\n";
    const int file = ::open(m_fake.control.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (::write(file, line.data(), line.size()) < 0) std::perror("fake module: log");
    ::close(file);
}

}  // namespace signet::fake
