// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_fixture.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "tests/doubles/fake_module_control.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <map>
#include <stdexcept>

namespace signet::test {
namespace {

void must(const Result<void>& result) {
    if (!result) throw std::runtime_error(result.error().detail);
}

std::filesystem::path builtModule() {
    const char* folder = std::getenv("SIGNET_LIB");
    if (folder == nullptr) throw std::runtime_error("SIGNET_LIB is not set");
    return std::filesystem::path(folder) / "libsignet-fake-module.so";
}

}  // namespace

std::string FakeToken::sha256OfPin(std::string_view pin) {
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(pin.data(), pin.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return toHex(digest);
}

FakeModule::FakeModule() {
    std::filesystem::copy_file(builtModule(), modulePath());
    writeControl();
}

FakeModule& FakeModule::addToken(FakeToken token) {
    m_tokens.push_back({std::move(token), {}});
    writeControl();
    return *this;
}

FakeModule& FakeModule::addKey(const std::string& id, const KeyAndCertificate& key, FakeKeyParts parts) {
    auto& [token, objects] = m_tokens.back();
    const auto add = [&](const std::string& kind, BytesView der) {
        const auto file =
            m_folder.path() / (std::to_string(token.slot) + "-" + std::to_string(objects.size()));
        must(writeFileAtomically(file, textOf(der)));
        objects.push_back(kind + " " + id + " " + file.string() + " login");
    };
    if (parts.hasPrivateKey) add("private-key", key.key);
    if (parts.hasPublicKey) add("public-key", key.publicKey);
    if (parts.hasCertificate) add("certificate", key.certificate);
    writeControl();
    return *this;
}

void FakeModule::setFaults(std::vector<std::string> faults) {
    m_faults = std::move(faults);
    writeControl();
}

void FakeModule::setLines(unsigned long slot, std::vector<std::string> lines) {
    for (auto& each : m_tokens)
        if (each.token.slot == slot) each.token.lines = lines;
    writeControl();
}

void FakeModule::enableSlotEvents(bool isLocked) {
    const auto pipe = m_folder.path() / "slot-events";
    if (::mkfifo(pipe.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
    m_slotEventPipe = Fd(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
    m_slotEvents = (isLocked ? "slot-events-locked " : "slot-events ") + pipe.string();
    writeControl();
}

void FakeModule::tellSlotEvent() const {
    if (::write(m_slotEventPipe.get(), "x", 1) != 1) throw std::runtime_error("no slot event was written");
}

void FakeModule::clearLog() {
    std::filesystem::remove(logPath());
}

void FakeModule::forgetPins() {
    std::filesystem::remove(memoryPath());
}

void FakeModule::writeControl() {
    std::string text = "# " + std::to_string(++m_generation) + "\n";
    const auto line = [&](const std::string& each) { text += each + "\n"; };
    line("log " + logPath().string());
    line("memory " + memoryPath().string());
    if (!m_slotEvents.empty()) line(m_slotEvents);
    for (const auto& fault : m_faults) line("fault " + fault);
    for (const auto& [token, objects] : m_tokens) {
        line("slot " + std::to_string(token.slot));
        line("label " + token.label);
        line("serial " + token.serial);
        if (!token.pinSha256.empty()) line("pin-sha256 " + token.pinSha256);
        for (const auto& each : token.lines) line(each);
        for (const auto& each : objects) line(each);
    }
    const auto parsed = fake::parseControl(text);
    if (!parsed) throw std::runtime_error(parsed.error().detail);
    must(writeFileAtomically(modulePath().string() + ".control", text));
}

const KeyAndCertificate& sharedKey(const std::string& kind) {
    static std::map<std::string, KeyAndCertificate> keys;
    auto& key = keys[kind];
    if (key.key.empty()) key = makeKeyAndCertificate(kind);
    return key;
}

}  // namespace signet::test
