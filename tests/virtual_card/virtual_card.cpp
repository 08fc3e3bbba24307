// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-virtual-card: a smart card for the tests. Commands on stdin, one line each; what happens on stdout.
// README.md lists both.
#include "tests/virtual_card/card_applet.hpp"
#include "tests/virtual_card/card_wire.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

namespace signet::test {
namespace {

// What vpcd asks of the card itself, in messages of one byte.
constexpr std::uint8_t kPowerOff = 0;
constexpr std::uint8_t kPowerOn = 1;
constexpr std::uint8_t kReset = 2;
constexpr std::uint8_t kAtr = 4;

// Instructions. Source: ISO/IEC 7816-4; GSC-IS 2.1 (CAC) for the signature.
constexpr std::uint8_t kVerify = 0x20;
constexpr std::uint8_t kSign = 0x42;
constexpr std::uint8_t kGetResponse = 0xC0;

class VirtualCard {
public:
    VirtualCard(CardApplet& applet, int port) : m_applet(applet), m_port(port) {}

    /// Until stdin ends.
    void run() {
        say("ready");
        for (;;) {
            std::array<pollfd, 2> wanted{pollfd{STDIN_FILENO, POLLIN, 0},
                                         pollfd{m_wire ? m_wire->descriptor() : -1, POLLIN, 0}};
            if (::poll(wanted.data(), wanted.size(), -1) < 0) continue;
            if (wanted[1].revents != 0) serve();
            if (wanted[0].revents != 0 && !readCommands()) return;
        }
    }

private:
    static void say(const std::string& line) {
        std::puts(line.c_str());
        std::fflush(stdout);
    }

    bool readCommands() {
        std::array<char, 4096> input{};
        const auto count = ::read(STDIN_FILENO, input.data(), input.size());
        if (count <= 0) return false;
        m_input.append(input.data(), static_cast<std::size_t>(count));
        for (auto end = m_input.find('\n'); end != std::string::npos; end = m_input.find('\n')) {
            const auto line = m_input.substr(0, end);
            m_input.erase(0, end + 1);
            say(obey(line) ? "ok " + line : "error " + line);
        }
        return true;
    }

    bool obey(const std::string& line) {
        std::istringstream words(line);
        std::string verb;
        words >> verb;
        const auto number = [&](auto& place, std::ios_base& (*base)(std::ios_base&)) {
            int value = 0;
            if (!(words >> base >> value)) return false;
            place = value;
            return true;
        };
        if (verb == "insert") return insert();
        if (verb == "remove") return remove();
        if (verb == "slow") return number(m_slowness, std::dec);
        if (verb == "die-in") return number(m_dieIn, std::hex);
        if (verb == "remove-after") {
            words >> m_removeAfter;
            return m_removeAfter == "pin" || m_removeAfter == "signature";
        }
        if (verb != "tries") return false;
        int tries = 0;
        if (!number(tries, std::dec)) return false;
        m_applet.setTries(tries);
        return true;
    }

    bool insert() {
        // vpcd listens a moment after pcscd has started.
        for (int attempt = 0; attempt < 500 && !m_wire; ++attempt) {
            m_wire = CardWire::connect(m_port);
            if (!m_wire) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        if (m_wire) m_applet.powerOn();
        return m_wire.has_value();
    }

    bool remove() {
        m_wire.reset();
        m_applet.powerOff();
        return true;
    }

    void serve() {
        const auto message = m_wire->receive();
        if (!message) {
            say("reader gone");
            remove();
            return;
        }
        if (message->size() == 1)
            control(message->front());
        else
            serveApdu(*message);
    }

    void control(std::uint8_t code) {
        if (code == kPowerOff) m_applet.powerOff();
        if (code == kPowerOn || code == kReset) m_applet.powerOn();
        if (code == kAtr) (void)m_wire->send(m_applet.atr());
    }

    void serveApdu(const ApduBytes& command) {
        const int instruction = command.size() > 1 ? command[1] : -1;
        std::array<char, 16> line{};
        std::snprintf(line.data(), line.size(), "apdu %02x", static_cast<unsigned>(instruction));
        say(line.data());
        if (m_dieIn == instruction) {
            m_dieIn.reset();
            remove();
            return say("died");
        }
        if (m_slowness > 0) std::this_thread::sleep_for(std::chrono::milliseconds(m_slowness));
        const auto answer = m_applet.answer(command);
        (void)m_wire->send(answer);
        const auto done = whatIsDone(command, answer);
        m_previous = instruction;
        if (done.empty() || done != m_removeAfter) return;
        m_removeAfter.clear();
        remove();
        say("removed");
    }

    /// "pin" when a PIN was accepted, "signature" when one has left the card.
    std::string whatIsDone(const ApduBytes& command, const ApduBytes& answer) const {
        const bool isGood = answer.size() >= 2 && answer[answer.size() - 2] == 0x90;
        if (!isGood || command.size() < 5) return {};
        if (command[1] == kVerify && command[4] != 0) return "pin";
        const bool isOfSignature = command[1] == kSign || (command[1] == kGetResponse && m_previous == kSign);
        return isOfSignature && answer.size() > 2 ? "signature" : "";
    }

    CardApplet& m_applet;
    const int m_port;
    std::optional<CardWire> m_wire;
    std::string m_input;
    int m_slowness = 0;  ///< milliseconds before each answer
    std::optional<int> m_dieIn;
    std::string m_removeAfter;
    int m_previous = -1;  ///< the instruction before
};

}  // namespace
}  // namespace signet::test

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fputs("usage: signet-virtual-card PORT DATABASE PIN NICKNAME…\n", stderr);
        return 2;
    }
    signet::test::CardApplet applet(argv[2], {argv + 4, argv + argc}, argv[3]);
    signet::test::VirtualCard(applet, std::atoi(argv[1])).run();
    // libcacard's thread still waits for events.
    std::quick_exit(0);
}
