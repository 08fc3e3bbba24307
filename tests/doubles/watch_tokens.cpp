// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-watch-tokens: what TokenWatch tells, one line each: `SOURCE +|- READER NANOSECONDS`, until stdin
// ends. With "bare", a bare loop over SCardGetStatusChange beside it, in the same words: `bare +|- READER
// NANOSECONDS`. The time is of the monotonic clock. With "module PATH", a token host of that module, listed
// once and then idle.
#include "pkcs11/token_host_client.hpp"
#include "pkcs11/token_watch.hpp"

#include <unistd.h>
#include <winscard.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

namespace {

std::mutex output;

void say(const char* source, bool isArrival, const std::string& reader) {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const std::lock_guard lock(output);
    std::printf("%s\t%s\t%s\t%lld\n", source, isArrival ? "+" : "-", reader.c_str(),
                static_cast<long long>(std::chrono::nanoseconds(now).count()));
    std::fflush(stdout);
}

void sayEvent(const signet::TokenEvent& event) {
    const char* source = event.source == signet::TokenEventSource::usb ? "usb" : "reader";
    say(event.isServiceChange ? "service" : source, event.isArrival, event.reader);
}

/// The first reader's card, with nothing around the call.
void runBare() {
    SCARDCONTEXT context = 0;
    if (::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) != SCARD_S_SUCCESS) return;
    char names[1024] = {};
    DWORD size = sizeof names;
    if (::SCardListReaders(context, nullptr, names, &size) != SCARD_S_SUCCESS) return;
    SCARD_READERSTATE state{};
    state.szReader = names;
    for (;;) {
        if (::SCardGetStatusChange(context, INFINITE, &state, 1) != SCARD_S_SUCCESS) return;
        say("bare", (state.dwEventState & SCARD_STATE_PRESENT) != 0, names);
        state.dwCurrentState = state.dwEventState;
    }
}

/// Until stdin has something to say.
void waitWithHost(const char* module) {
    signet::TokenHostClient client(signet::tokenHostProgram(), module);
    say("host", client.list().has_value(), module);
    while (client.waitIdle(STDIN_FILENO) != signet::IdleEvent::woken) say("host", false, module);
}

}  // namespace

int main(int argc, char** argv) {
    const bool isBareToo = argc > 1 && std::strcmp(argv[1], "bare") == 0;
    if (isBareToo) std::thread(runBare).detach();
    {
        const signet::TokenWatch watch(sayEvent);
        if (argc > 2 && std::strcmp(argv[1], "module") == 0) waitWithHost(argv[2]);
        char byte = 0;
        while (::read(STDIN_FILENO, &byte, 1) > 0) {
        }
    }
    std::puts("end");
    std::fflush(stdout);
    ::_exit(0);
}
