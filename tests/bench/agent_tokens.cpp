// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The agent's listing over four modules with 100 SoftHSM tokens each: side by side against one after the
// other, from memory against asked anew, what the hosts weigh, and how soon one that died is back.
#include "agent/host_tokens.hpp"
#include "certs/certificate.hpp"
#include "certs/statement.hpp"
#include "tests/agent/child_hosts.hpp"
#include "tests/agent/qt_wait.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/bench/token_bench.hpp"
#include "tests/bench/token_store.hpp"

#include <csignal>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace signet::bench {
namespace {

constexpr std::size_t kTokens = 100;
constexpr std::size_t kModules = 4;
constexpr int kRounds = 20;

std::size_t listAll(HostTokens& tokens) {
    std::optional<std::size_t> found;
    tokens.list({}, [&](const TokenInventory& inventory) {
        std::size_t count = 0;
        for (const auto& module : inventory.modules)
            for (const auto& token : must(module.result, "list").tokens)
                count += token.info.isInitialized ? 1 : 0;
        found = count;
    });
    if (!waitUntil([&] { return found.has_value(); })) must(CKR_GENERAL_ERROR, "no answer");
    return *found;
}

std::size_t residentKib(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

SignRequest requestFor(const Token& token) {
    const auto& object = token.certificates.at(0);
    SignRequest request;
    request.key = {token.info.slot, token.info.label, token.info.serial, object.id, object.der};
    request.algorithms = {Algorithm::es256};
    const auto certificate = must(Certificate::fromDer(object.der), "certificate");
    request.statements = {signingInput(encodeProtected(Algorithm::es256, {certificate}), R"({"a":1})")};
    return request;
}

void sign(HostTokens& tokens, const std::filesystem::path& module, const SignRequest& request) {
    std::optional<Result<SignReply>> reply;
    tokens.sign(module, request, SecretBytes(bytesOf("123456")),
                [&](Result<SignReply> result) { reply = std::move(result); });
    if (!waitUntil([&] { return reply.has_value(); })) must(CKR_GENERAL_ERROR, "no signature");
    must(std::move(*reply), "sign");
}

void compareListings(const std::vector<std::filesystem::path>& modules) {
    HostTokens together(hostProgram(), modules);
    std::vector<std::unique_ptr<HostTokens>> apart;
    for (const auto& module : modules)
        apart.push_back(std::make_unique<HostTokens>(hostProgram(), std::vector{module}));
    const auto oneByOne = [&] {
        for (const auto& tokens : apart) listAll(*tokens);
    };
    if (listAll(together) != kTokens * kModules) must(CKR_GENERAL_ERROR, "tokens are missing");
    oneByOne();
    printRatio("list_4_modules_together_over_one_by_one",
               interleaved(
                   kRounds, [&] { listAll(together); }, oneByOne),
               0.75);
}

void compareMemory(const std::vector<std::filesystem::path>& modules) {
    HostTokens fresh(hostProgram(), modules);
    listAll(fresh);
    for (const auto pid : childHosts())
        std::printf("host of 100 tokens with two certificates each: %zu KiB resident\n", residentKib(pid));
    HostTokens watched(hostProgram(), modules);
    watched.watch([](const TokensChange&) {});
    listAll(watched);
    printRatio("list_from_memory_over_asked",
               interleaved(
                   kRounds, [&] { listAll(watched); }, [&] { listAll(fresh); }),
               0.1);
}

void compareRevival(const std::filesystem::path& module) {
    HostTokens tokens(hostProgram(), {module});
    std::optional<SignRequest> request;
    tokens.list(
        [&](const ModuleListing& listing) {
            request = requestFor(must(listing.result, "list").tokens.at(0));
        },
        [](const TokenInventory&) {});
    if (!waitUntil([&] { return request.has_value(); })) must(CKR_GENERAL_ERROR, "no token");
    const auto killed = [&] {
        for (const auto pid : childHosts()) ::kill(pid, SIGKILL);
        // One that is killed in the middle of a command fails that command.
        if (!waitUntil([] { return childHosts().empty(); })) must(CKR_GENERAL_ERROR, "it lives");
        sign(tokens, module, *request);
    };
    sign(tokens, module, *request);
    printRatioWithoutGoal("sign_after_host_died_over_sign",
                          interleaved(kRounds, killed, [&] { sign(tokens, module, *request); }));
}

void run() {
    testApplication();
    const test::SoftHsmStore store;
    {
        const auto module = must(Module::load(test::SoftHsmStore::modulePath()), "load");
        fillStore(
            module.api(), kTokens,
            {test::makeKeyAndCertificate("p256", "first"), test::makeKeyAndCertificate("p256", "second")});
    }
    std::vector<std::filesystem::path> modules;
    for (std::size_t i = 0; i < kModules; ++i) {
        modules.push_back(store.folder() / ("module" + std::to_string(i) + ".so"));
        std::filesystem::create_symlink(test::SoftHsmStore::modulePath(), modules.back());
    }
    compareListings(modules);
    compareMemory(modules);
    const test::SoftHsmStore one;
    {
        const auto module = must(Module::load(test::SoftHsmStore::modulePath()), "load");
        fillStore(module.api(), 1, {test::makeKeyAndCertificate("p256", "only")});
    }
    compareRevival(test::SoftHsmStore::modulePath());
}

}  // namespace
}  // namespace signet::bench

int main() {
    signet::bench::run();
    return 0;
}
