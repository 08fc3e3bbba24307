// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/sm2_memory.hpp"

#include "agent/configuration_files.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/certificate.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace signet {
namespace {

constexpr JsonLimits kLimits{256 * 1024, 8, 16384};
constexpr std::size_t kMaxModuleBytes = 64 * 1024 * 1024;
constexpr std::size_t kMaxProfileBytes = 64 * 1024;

std::string modelOf(const TokenInfo& token) {
    return token.manufacturer + " " + token.model;
}

}  // namespace

Sm2Memory::Sm2Memory(std::vector<Sm2Profile> profiles, std::filesystem::path file, Warn warn)
    : m_profiles(std::move(profiles)), m_file(std::move(file)), m_warn(std::move(warn)) {
}

/// Empty where the file cannot be read: then nothing is remembered for it.
const std::string& Sm2Memory::keyOf(const std::filesystem::path& module) const {
    auto& hash = m_hashes[module];
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(module, error);
    const auto size = std::filesystem::file_size(module, error);
    if (!hash.hex.empty() && hash.changed == changed && hash.size == size) return hash.hex;
    const auto content = readFile(module, kMaxModuleBytes);
    hash = {changed, size, content ? toHex(sha256(bytesOf(*content))) : std::string()};
    return hash.hex;
}

Json Sm2Memory::read() const {
    const auto text = readFile(m_file, kLimits.maxBytes);
    if (!text) return Json::object();
    auto json = parseStrictJson(*text, kLimits);
    return json && json->is_object() ? std::move(*json) : Json::object();
}

void Sm2Memory::write(const Json& all) const {
    auto written = makePrivateFolder(m_file.parent_path());
    const auto text = all.dump(1, ' ', false, Json::error_handler_t::replace);
    // One that would no longer be read is not written.
    if (written && text.size() <= kLimits.maxBytes) written = writeFileAtomically(m_file, text + "\n");
    if (!written && m_warn) m_warn(written.error());
}

Sm2Ways Sm2Memory::ways(const std::filesystem::path& module, const TokenInfo& token) const {
    std::string remembered;
    const auto all = read();
    const auto& key = keyOf(module);
    if (const auto models = all.find(key); !key.empty() && models != all.end() && models->is_object())
        if (const auto name = models->find(modelOf(token)); name != models->end() && name->is_string())
            remembered = name->get<std::string>();
    return sm2Ways(m_profiles, module.filename().string(), token.manufacturer, remembered);
}

void Sm2Memory::learn(const std::filesystem::path& module, const TokenInfo& token,
                      const std::string& strategy) {
    const auto& key = keyOf(module);
    if (key.empty()) return;
    auto all = read();
    auto& models = all[key];
    if (!models.is_object()) models = Json::object();
    auto& name = models[modelOf(token)];
    if (name == strategy) return;
    name = strategy;
    write(all);
}

void Sm2Memory::forget(const std::filesystem::path& module, const TokenInfo& token) {
    auto all = read();
    const auto models = all.find(keyOf(module));
    if (models == all.end() || !models->is_object() || models->erase(modelOf(token)) == 0) return;
    write(all);
}

std::filesystem::path defaultSm2MemoryFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "sm2-strategies.json";
}

Result<std::vector<Sm2Profile>> loadSm2Profiles(const std::vector<std::filesystem::path>& files) {
    std::vector<Sm2Profile> profiles;
    for (const auto& file : files) {
        const auto text = readFile(file, kMaxProfileBytes);
        if (!text) return fail(text.error());
        auto profile = parseSm2Profile(*text, file.string());
        if (!profile) return fail(profile.error());
        profiles.push_back(std::move(*profile));
    }
    profiles.insert(profiles.end(), builtInSm2Profiles().begin(), builtInSm2Profiles().end());
    return profiles;
}

}  // namespace signet
