// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "tests/doubles/fake_module_control.hpp"
#include "tests/doubles/fake_module_state.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace signet::fake {

/// Everything that the module has, once for the process.
struct Fake {
    std::mutex mutex;
    std::string controlText{};
    Control control{};
    Module module{};
    std::map<std::string, unsigned long, std::less<>> callsOf{};
    unsigned long allCalls = 0;

    /// Reads the control file again, and starts over where its text changed. Errors: configurationInvalid.
    Result<void> reload();
};
Fake& theFake();

/// One call of a function: counted, struck by the faults that fit, logged.
/// Thread: holds the module's lock, except while a fault sleeps or hangs.
class Call {
public:
    explicit Call(std::string_view function);

    /// The code with which a fault ends this call before it begins.
    std::optional<CK_RV> early() const { return m_early; }
    Module& module() { return m_fake.module; }
    const Control& control() const { return m_fake.control; }
    /// Writes a line for a call that is going to wait: `FUNCTION waits …`.
    void logWait() const { log("waits"); }
    /// Without the module's lock, for a body that waits.
    void unlock() { m_lock.unlock(); }
    void lock() { m_lock.lock(); }
    /// Words for the log: "key=value". Never a secret.
    void note(std::string_view words) { m_notes.append(" ").append(words); }
    /// A PIN is noted as the beginning of its hash.
    void notePin(std::optional<BytesView> pin);
    /// The count or length that a fault wants to be said instead.
    void distort(CK_ULONG& count) const;
    /// Flips one bit where a fault wants that.
    void corrupt(std::span<std::uint8_t> bytes) const;
    bool wantsSpareZero() const;
    /// Writes the line of this call: `FUNCTION CKR open=N find=N sign=N login=N …`.
    CK_RV end(CK_RV rv);

private:
    void strike(const Fault& fault, std::unique_lock<std::mutex>& lock);
    void log(std::string_view outcome) const;

    std::string m_function;
    Fake& m_fake;
    std::unique_lock<std::mutex> m_lock;
    std::optional<CK_RV> m_early;
    std::optional<Fault> m_distortion;
    std::string m_notes;
};

/// The body of every function of the module.
template <class Body>
CK_RV call(std::string_view function, Body body, bool needsInitialize = true) {
    Call current(function);
    if (const auto early = current.early()) return current.end(*early);
    if (needsInitialize && !current.module().isInitialized) return current.end(CKR_CRYPTOKI_NOT_INITIALIZED);
    return current.end(body(current));
}

/// Each puts its functions into the list.
void addGeneralFunctions(CK_FUNCTION_LIST& list);
void addSessionFunctions(CK_FUNCTION_LIST& list);
void addObjectFunctions(CK_FUNCTION_LIST& list);

}  // namespace signet::fake
