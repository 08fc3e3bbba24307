// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Listing 100 SoftHSM tokens with two certificates each, through a token host and with the bare calls.
#include "pkcs11/ck_module.hpp"
#include "pkcs11/token_host_client.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/bench/token_bench.hpp"
#include "tests/bench/token_store.hpp"
#include "tests/doubles/softhsm_token.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace signet::bench {
namespace {

constexpr std::size_t kTokens = 100;
constexpr std::size_t kCertificates = 2;
constexpr int kRounds = 40;

/// The calls that a listing cannot do without, with room that is known to suffice: token info, certificates
/// with their ID, label and value, and which keys are there.
class BareListing {
public:
    explicit BareListing(const CK_FUNCTION_LIST& api) : m_api(api), m_value(8192), m_label(256), m_id(256) {}

    std::size_t run() {
        std::array<CK_SLOT_ID, 2 * kTokens> slots{};
        CK_ULONG count = slots.size();
        must(m_api.C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
        std::size_t found = 0;
        for (CK_ULONG i = 0; i < count; ++i) found += listToken(slots[i]);
        return found;
    }

private:
    std::size_t listToken(CK_SLOT_ID slot) {
        CK_TOKEN_INFO info{};
        must(m_api.C_GetTokenInfo(slot, &info), "C_GetTokenInfo");
        if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) return 0;
        CK_SESSION_HANDLE session = 0;
        must(m_api.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session), "C_OpenSession");
        const auto certificates = objects(session, CKO_CERTIFICATE);
        for (const auto handle : certificates) readCertificate(session, handle);
        for (const auto handle : objects(session, CKO_PRIVATE_KEY)) readId(session, handle);
        for (const auto handle : objects(session, CKO_PUBLIC_KEY)) readId(session, handle);
        must(m_api.C_CloseSession(session), "C_CloseSession");
        return certificates.size();
    }

    std::vector<CK_OBJECT_HANDLE> objects(CK_SESSION_HANDLE session, CK_OBJECT_CLASS objectClass) {
        CK_ATTRIBUTE wanted{CKA_CLASS, &objectClass, sizeof objectClass};
        std::vector<CK_OBJECT_HANDLE> handles(64);
        CK_ULONG count = 0;
        must(m_api.C_FindObjectsInit(session, &wanted, 1), "C_FindObjectsInit");
        must(m_api.C_FindObjects(session, handles.data(), handles.size(), &count), "C_FindObjects");
        must(m_api.C_FindObjectsFinal(session), "C_FindObjectsFinal");
        handles.resize(count);
        return handles;
    }

    void readCertificate(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle) {
        CK_CERTIFICATE_TYPE type = 0;
        std::array attributes{CK_ATTRIBUTE{CKA_CERTIFICATE_TYPE, &type, sizeof type},
                              CK_ATTRIBUTE{CKA_ID, m_id.data(), m_id.size()},
                              CK_ATTRIBUTE{CKA_LABEL, m_label.data(), m_label.size()},
                              CK_ATTRIBUTE{CKA_VALUE, m_value.data(), m_value.size()}};
        must(m_api.C_GetAttributeValue(session, handle, attributes.data(), attributes.size()),
             "C_GetAttributeValue");
    }

    void readId(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle) {
        CK_ATTRIBUTE id{CKA_ID, m_id.data(), m_id.size()};
        must(m_api.C_GetAttributeValue(session, handle, &id, 1), "C_GetAttributeValue");
    }

    const CK_FUNCTION_LIST& m_api;
    Bytes m_value;
    Bytes m_label;
    Bytes m_id;
};

std::size_t listThroughHost(TokenHostClient& host) {
    const auto listing = must(host.list(), "list");
    std::size_t found = 0;
    for (const auto& token : listing.tokens) found += token.certificates.size();
    return found;
}

void expectAll(std::size_t found, const char* where) {
    if (found == kTokens * kCertificates) return;
    std::fprintf(stderr, "%s: %zu certificates\n", where, found);
    std::exit(1);
}

void run() {
    test::SoftHsmStore store;
    const auto module = must(Module::load(test::SoftHsmStore::modulePath()), "load");
    fillStore(module.api(), kTokens,
              {test::makeKeyAndCertificate("p256", "first"), test::makeKeyAndCertificate("p256", "second")});
    TokenHostClient host(hostProgram(), test::SoftHsmStore::modulePath());
    BareListing bare(module.api());
    expectAll(bare.run(), "bare calls");
    expectAll(listThroughHost(host), "token host");
    benchmark::RegisterBenchmark("bare_listing/100", [&](benchmark::State& state) {
        for (auto _ : state) benchmark::DoNotOptimize(bare.run());
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("token_host_listing/100",
                                 [&](benchmark::State& state) {
                                     for (auto _ : state) benchmark::DoNotOptimize(listThroughHost(host));
                                 })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
    benchmark::RunSpecifiedBenchmarks();
    const auto compared = interleaved(
        kRounds, [&] { listThroughHost(host); }, [&] { bare.run(); });
    printRatio("list_100_tokens_host_over_bare", compared, 1.3);
}

}  // namespace
}  // namespace signet::bench

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    signet::bench::run();
    return 0;
}
