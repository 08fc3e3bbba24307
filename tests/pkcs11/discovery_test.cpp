// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/module_discovery.hpp"

#include "pkcs11/known_modules.hpp"
#include "pkcs11/p11_kit_config.hpp"
#include "tests/doubles/fake_module_fixture.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace signet {
namespace {

struct Discovery : testing::Test {
    std::filesystem::path write(const std::filesystem::path& relative, const std::string& content = "x") {
        const auto path = folder.path() / relative;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << content;
        ::chmod(path.c_str(), 0644);
        return path;
    }
    DiscoveryPlaces places() const {
        DiscoveryPlaces only;
        only.useKnownPlaces = false;
        only.p11KitFolders = {folder.path() / "user", folder.path() / "system", folder.path() / "package"};
        only.p11KitModuleFolder = folder.path() / "modules";
        return only;
    }
    std::string reasonOf(const std::filesystem::path& path) const {
        const auto checked = checkModulePath(path);
        if (checked) return "accepted";
        EXPECT_EQ(checked.error().code, ErrorCode::configurationInvalid);
        EXPECT_FALSE(checked.error().params.at("name").empty());
        return checked.error().reason;
    }
    std::vector<std::string> found(const std::vector<std::filesystem::path>& configured = {}) const {
        const auto modules = discoverModules(configured, places());
        EXPECT_TRUE(modules);
        std::vector<std::string> names;
        for (const auto& module : *modules) names.push_back(module.name + " " + module.source);
        return names;
    }

    test::TemporaryFolder folder;
};

TEST_F(Discovery, safePath_isAcceptedAndResolved) {
    const auto module = write("lib/a.so");
    std::filesystem::create_symlink(module, folder.path() / "link.so");
    EXPECT_EQ(checkModulePath(module), std::filesystem::canonical(module));
    EXPECT_EQ(checkModulePath(folder.path() / "link.so"), std::filesystem::canonical(module));
}

TEST_F(Discovery, relativePath_isRefused) {
    EXPECT_EQ(reasonOf("a.so"), "module_relative");
    EXPECT_EQ(reasonOf("./a.so"), "module_relative");
    EXPECT_EQ(reasonOf(""), "module_relative");
}

TEST_F(Discovery, missingPathOrFolder_isRefused) {
    EXPECT_EQ(reasonOf(folder.path() / "none.so"), "module_missing");
    EXPECT_EQ(reasonOf(folder.path()), "module_missing");
    EXPECT_EQ(reasonOf("/dev/null"), "module_missing");
}

// Attack 44: writable by others.
TEST_F(Discovery, pathThatOthersCanChange_isRefused) {
    const auto module = write("lib/a.so");
    ::chmod(module.c_str(), 0646);
    EXPECT_EQ(reasonOf(module), "module_writable");
    ::chmod(module.c_str(), 0644);
    EXPECT_EQ(reasonOf(module), "accepted");
    ::chmod((folder.path() / "lib").c_str(), 0757);
    EXPECT_EQ(reasonOf(module), "module_writable");
    // Sticky: others may add files, but not replace this one.
    ::chmod((folder.path() / "lib").c_str(), 01777);
    EXPECT_EQ(reasonOf(module), "accepted");
    ::chmod(folder.path().c_str(), 0777);
    EXPECT_EQ(reasonOf(module), "module_writable");
    ::chmod(folder.path().c_str(), 0700);
}

TEST_F(Discovery, linkToAFileThatOthersCanChange_isRefused) {
    const auto module = write("open/a.so");
    ::chmod(module.c_str(), 0666);
    std::filesystem::create_symlink(module, folder.path() / "safe.so");
    EXPECT_EQ(reasonOf(folder.path() / "safe.so"), "module_writable");
}

TEST_F(Discovery, fileOfAnotherUser_isRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a file away";
    const auto module = write("a.so");
    ASSERT_EQ(::chown(module.c_str(), 4711, 4711), 0);
    EXPECT_EQ(reasonOf(module), "module_writable");
}

TEST_F(Discovery, folderOfAnotherUser_isRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a folder away";
    const auto module = write("theirs/a.so");
    ASSERT_EQ(::chown((folder.path() / "theirs").c_str(), 4711, 0), 0);
    EXPECT_EQ(reasonOf(module), "module_writable");
}

/// The owner of a sticky folder can rename what is in it, whoever owns that.
TEST_F(Discovery, stickyFolderOfAnotherUser_isRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a folder away";
    const auto module = write("theirs/a.so");
    const auto theirs = folder.path() / "theirs";
    ASSERT_EQ(::chmod(theirs.c_str(), 01777), 0);
    EXPECT_EQ(reasonOf(module), "accepted");
    ASSERT_EQ(::chown(theirs.c_str(), 4711, 0), 0);
    EXPECT_EQ(reasonOf(module), "module_writable");
    ASSERT_EQ(::chmod(theirs.c_str(), 01755), 0);
    EXPECT_EQ(reasonOf(module), "module_writable");
}

TEST_F(Discovery, writableByAGroupOtherThanRoots_isRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to change the group";
    const auto module = write("a.so");
    ::chmod(module.c_str(), 0664);
    EXPECT_EQ(reasonOf(module), "accepted");  // root's group
    ASSERT_EQ(::chown(module.c_str(), 0, 4711), 0);
    EXPECT_EQ(reasonOf(module), "module_writable");
}

/// The user's primary group may be "users", with everybody in it.
TEST_F(Discovery, writableByTheUsersOwnGroup_isRefused) {
    const auto own = ::getegid();
    const gid_t shared = own == 0 ? 4711 : own;
    const auto module = write("a.so");
    ::chmod(module.c_str(), 0664);
    ASSERT_EQ(::chown(module.c_str(), static_cast<uid_t>(-1), shared), 0);
    ASSERT_EQ(::setegid(shared), 0);
    const auto reason = reasonOf(module);
    ASSERT_EQ(::setegid(own), 0);
    EXPECT_EQ(reason, "module_writable");
}

TEST(P11KitFile, settings_areRead) {
    const auto settings = parseP11KitFile(
        "# comment\n\n module : x.so \r\nenable-in:\ttwo words \nbroken line\n: nameless\nmodule: y.so");
    EXPECT_EQ(settings, (P11KitSettings{{"module", "y.so"}, {"enable-in", "two words"}}));
    EXPECT_TRUE(parseP11KitFile("").empty());
}

TEST(P11KitFile, modulesForOthers_areLeftOut) {
    const auto isUsed = [](const char* text) { return isForUs(parseP11KitFile(text)); };
    EXPECT_TRUE(isUsed("module: a.so"));
    EXPECT_TRUE(isUsed("module: a.so\npriority: 3\ntrust-policy: no"));
    EXPECT_FALSE(isUsed("priority: 3"));
    EXPECT_FALSE(isUsed("module: a.so\ntrust-policy: yes"));
    EXPECT_FALSE(isUsed("module: a.so\nremote: |ssh host p11-kit remote a.so"));
    EXPECT_FALSE(isUsed("remote: unix:path=/run/p11-kit"));
    EXPECT_FALSE(isUsed("module: a.so\nenable-in: seahorse, firefox"));
    EXPECT_TRUE(isUsed("module: a.so\nenable-in: seahorse, signet-agent"));
    EXPECT_TRUE(isUsed("module: a.so\nenable-in: signet"));
    EXPECT_FALSE(isUsed("module: a.so\nenable-in:"));
    EXPECT_FALSE(isUsed("module: a.so\ndisable-in: signet-token-host"));
    EXPECT_FALSE(isUsed("module: a.so\ndisable-in: firefox signet"));
    EXPECT_TRUE(isUsed("module: a.so\ndisable-in: firefox, p11-kit-proxy"));
}

TEST_F(Discovery, order_isConfigurationThenP11Kit) {
    const auto configured = write("own/z.so");
    write("modules/a.so");
    write("modules/b.so");
    write("package/1.module", "module: b.so\n");
    write("package/2.module", "module: " + (folder.path() / "modules/a.so").string() + "\n");
    EXPECT_EQ(found({configured}),
              (std::vector<std::string>{"z.so configuration", "b.so p11-kit", "a.so p11-kit"}));
}

TEST_F(Discovery, oneFileUnderSeveralNames_isOneModule) {
    const auto module = write("modules/a.so");
    std::filesystem::create_symlink(module, folder.path() / "link.so");
    std::filesystem::create_hard_link(module, folder.path() / "hard.so");
    write("package/1.module", "module: a.so\n");
    write("package/2.module", "module: " + (folder.path() / "hard.so").string() + "\n");
    EXPECT_EQ(found({folder.path() / "link.so", module}), std::vector<std::string>{"a.so configuration"});
}

TEST_F(Discovery, settingsOfTheUser_winOverTheSystems) {
    write("modules/a.so");
    write("modules/b.so");
    write("package/1.module", "module: a.so\n");
    write("user/1.module", "module: b.so\n");
    write("package/2.module", "module: a.so\n");
    write("system/2.module", "enable-in:\n");
    write("package/notes.txt", "module: a.so\n");
    EXPECT_EQ(found(), std::vector<std::string>{"b.so p11-kit"});
}

TEST_F(Discovery, registeredModuleThatOthersCanChange_isLeftOut) {
    const auto module = write("modules/a.so");
    ::chmod(module.c_str(), 0666);
    write("modules/b.so");
    write("package/1.module", "module: a.so\n");
    write("package/2.module", "module: b.so\n");
    write("package/3.module", "module: gone.so\n");
    EXPECT_EQ(found(), std::vector<std::string>{"b.so p11-kit"});
}

TEST_F(Discovery, configuredModuleThatOthersCanChange_isAnError) {
    const auto module = write("modules/a.so");
    ::chmod(module.c_str(), 0666);
    const auto modules = discoverModules({module}, places());
    ASSERT_FALSE(modules);
    EXPECT_EQ(modules.error().reason, "module_writable");
}

TEST(P11KitFile, userConfig_choosesTheFolders) {
    using Paths = std::vector<std::filesystem::path>;
    const auto foldersOf = [](const char* text) {
        return p11KitFolders(parseP11KitFile(text), "/home/u", {"/etc", "/usr"});
    };
    EXPECT_EQ(foldersOf(""), (Paths{"/home/u", "/etc", "/usr"}));
    EXPECT_EQ(foldersOf("user-config: merge"), (Paths{"/home/u", "/etc", "/usr"}));
    EXPECT_EQ(foldersOf("user-config: none"), (Paths{"/etc", "/usr"}));
    EXPECT_EQ(foldersOf("user-config: only"), (Paths{"/home/u"}));
    EXPECT_EQ(p11KitFolders({}, "", {"/etc"}), (Paths{"/etc"}));
}

TEST_F(Discovery, p11KitSwitchedOff_isNotRead) {
    write("modules/a.so");
    write("package/1.module", "module: a.so\n");
    auto off = places();
    off.useP11Kit = false;
    EXPECT_TRUE(discoverModules({}, off)->empty());
}

TEST_F(Discovery, knownPlaces_areLookedForInEachLibraryFolder) {
    const auto first = write("lib64/opensc-pkcs11.so");
    const auto second = write("lib/opensc-pkcs11.so");
    const std::vector<std::filesystem::path> folders{folder.path() / "lib64", folder.path() / "lib"};
    const std::vector<std::string_view> patterns{"{lib}/opensc-pkcs11.so", "{lib}/none.so",
                                                 "/nonexistent/x.so"};
    EXPECT_EQ(existingModules(patterns, folders), (std::vector<std::filesystem::path>{first, second}));
}

TEST(KnownModules, list_isBuiltIn) {
    const auto known = knownModules();
    EXPECT_GT(known.size(), 20U);
    for (const auto path : known) {
        EXPECT_TRUE(path.starts_with("/") || path.starts_with("{lib}/")) << path;
        EXPECT_EQ(path.find("softhsm"), std::string_view::npos);
        EXPECT_NE(path.find(".so"), std::string_view::npos) << path;
    }
}

TEST(DefaultPlaces, folders_areThoseOfP11Kit) {
    const auto places = defaultDiscoveryPlaces();
    EXPECT_TRUE(places.useP11Kit);
    EXPECT_TRUE(places.useKnownPlaces);
    ASSERT_GE(places.p11KitFolders.size(), 2U);
    for (const auto& folder : places.p11KitFolders) EXPECT_TRUE(folder.is_absolute()) << folder;
    EXPECT_EQ(places.p11KitModuleFolder.filename(), "pkcs11");
}

}  // namespace
}  // namespace signet
