// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Attack 44: what cannot be loaded is named.
#include "pkcs11/ck_module.hpp"

#include "tests/doubles/fake_module_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace signet {
namespace {

std::filesystem::path write(const test::TemporaryFolder& folder, const char* content) {
    const auto path = folder.path() / "module.so";
    std::ofstream(path) << content;
    return path;
}

void expectLoadFailed(const std::filesystem::path& path, const std::string& inDetail) {
    const auto module = Module::load(path);
    ASSERT_FALSE(module);
    EXPECT_EQ(module.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(module.error().reason, "load_failed");
    EXPECT_EQ(module.error().params.at("module"), path.filename().string());
    EXPECT_NE(module.error().detail.find(inDetail), std::string::npos) << module.error().detail;
}

TEST(Module, missingFile_isLoadFailedWithTheLinkersText) {
    expectLoadFailed("/nonexistent/module.so", "No such file");
}

TEST(Module, fileThatIsNoLibrary_isLoadFailed) {
    const test::TemporaryFolder folder;
    expectLoadFailed(write(folder, "no ELF"), "file too short");
}

TEST(Module, libraryWithoutPkcs11_isLoadFailed) {
    expectLoadFailed("libm.so.6", "not a PKCS#11 module");
}

TEST(Module, softHsm_describesItself) {
    const test::SoftHsmStore store;
    const auto module = Module::load(test::SoftHsmStore::modulePath());
    ASSERT_TRUE(module);
    EXPECT_EQ(module->description(), "Implementation of PKCS11 (SoftHSM) 2.6");
}

/// Its configuration names a folder that is not there.
TEST(Module, initialisationThatFails_isNamed) {
    const test::SoftHsmStore store;
    std::filesystem::remove_all(store.folder() / "tokens");
    const auto module = Module::load(test::SoftHsmStore::modulePath());
    ASSERT_FALSE(module);
    EXPECT_EQ(module.error().reason, "initialize_failed");
    EXPECT_NE(module.error().detail.find("C_Initialize: CKR_"), std::string::npos) << module.error().detail;
}

TEST(Module, secondLoadInOneProcess_leavesTheFirstAlive) {
    const test::SoftHsmStore store;
    const auto first = Module::load(test::SoftHsmStore::modulePath());
    ASSERT_TRUE(first);
    { ASSERT_TRUE(Module::load(test::SoftHsmStore::modulePath())); }
    CK_ULONG count = 0;
    EXPECT_EQ(first->api().C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
}

TEST(Module, end_finalises) {
    const test::SoftHsmStore store;
    auto module = Module::load(test::SoftHsmStore::modulePath());
    ASSERT_TRUE(module);
    const auto* api = &module->api();
    { const Module last = std::move(*module); }
    CK_ULONG count = 0;
    EXPECT_EQ(api->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_CRYPTOKI_NOT_INITIALIZED);
}

}  // namespace
}  // namespace signet
