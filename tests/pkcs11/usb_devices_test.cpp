// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/usb_devices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A folder like /sys/bus/usb/devices.
class StagedSysfs {
public:
    StagedSysfs() {
        std::string name = (std::filesystem::temp_directory_path() / "signet-sysfs-XXXXXX").string();
        m_folder = ::mkdtemp(name.data());
    }
    ~StagedSysfs() { std::filesystem::remove_all(m_folder); }
    StagedSysfs(const StagedSysfs&) = delete;
    StagedSysfs& operator=(const StagedSysfs&) = delete;

    void write(const std::string& file, const std::string& text) const {
        std::filesystem::create_directories((m_folder / file).parent_path());
        std::ofstream(m_folder / file) << text;
    }
    void add(const std::string& device, const std::string& vendor, const std::string& product,
             const std::vector<std::string>& classes) const {
        write(device + "/idVendor", vendor + "\n");
        write(device + "/idProduct", product + "\n");
        for (std::size_t i = 0; i < classes.size(); ++i)
            write(device + "/" + device + ":1." + std::to_string(i) + "/bInterfaceClass", classes[i] + "\n");
    }
    const std::filesystem::path& path() const { return m_folder; }

private:
    std::filesystem::path m_folder;
};

TEST(UsbDevices, devices_areToldWithTheirInterfaces) {
    const StagedSysfs sysfs;
    sysfs.add("1-2", "055c", "db08", {"08"});
    sysfs.write("1-2/manufacturer", "Longmai\n");
    sysfs.write("1-2/product", "mToken GM3000\n");
    const auto devices = usbDevices(sysfs.path());
    ASSERT_EQ(devices.size(), 1U);
    EXPECT_EQ(devices[0].vendorId, 0x055C);
    EXPECT_EQ(devices[0].productId, 0xDB08);
    EXPECT_EQ(devices[0].manufacturer, "Longmai");
    EXPECT_EQ(devices[0].product, "mToken GM3000");
    EXPECT_THAT(devices[0].interfaceClasses, ElementsAre(0x08));
    EXPECT_FALSE(devices[0].hasCcid());
}

TEST(UsbDevices, reader_hasCcidAmongItsInterfaces) {
    const StagedSysfs sysfs;
    sysfs.add("1-3", "096e", "0807", {"0b", "03"});
    const auto devices = usbDevices(sysfs.path());
    ASSERT_EQ(devices.size(), 1U);
    EXPECT_TRUE(devices[0].hasCcid());
    EXPECT_THAT(devices[0].interfaceClasses, ElementsAre(0x03, 0x0B));
}

TEST(UsbDevices, whatIsNoDevice_isPassedOver) {
    const StagedSysfs sysfs;
    sysfs.write("1-0:1.0/bInterfaceClass", "09\n");  // an interface beside its device
    sysfs.write("2-1/idVendor", "055c\n");           // gone in the middle of it
    sysfs.add("2-2", "zz5c", "db08", {});
    sysfs.add("2-3", "1055c", "db08", {});
    EXPECT_THAT(usbDevices(sysfs.path()), IsEmpty());
    EXPECT_THAT(usbDevices(sysfs.path() / "absent"), IsEmpty());
}

TEST(KnownKeys, ownProduct_comesBeforeTheVendorsOthers) {
    const auto* gm3000 = findKnownKey({.vendorId = 0x055C, .productId = 0xDB08});
    ASSERT_NE(gm3000, nullptr);
    EXPECT_EQ(gm3000->name, "mToken GM3000");
    EXPECT_EQ(gm3000->modules, "libgm3000_pkcs11.so");
    const auto* other = findKnownKey({.vendorId = 0x055C, .productId = 0x0001});
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->name, "mToken");
    EXPECT_EQ(findKnownKey({.vendorId = 0x1D6B, .productId = 0x0002}), nullptr);
    // Without a row for all of the vendor's, only its own product counts.
    EXPECT_EQ(findKnownKey({.vendorId = 0x20A0, .productId = 0x0001}), nullptr);
}

/// What the data file promises: each row is whole, and no row hides another.
TEST(KnownKeys, everyRow_isWholeAndThereOnce) {
    std::set<std::pair<std::uint16_t, int>> seen;
    for (const auto& key : knownKeys()) {
        EXPECT_TRUE(seen.insert({key.vendorId, key.productId ? *key.productId : -1}).second) << key.name;
        EXPECT_FALSE(key.vendor.empty() || key.name.empty());
        EXPECT_THAT(std::string(key.modules),
                    ::testing::MatchesRegex("lib[^ ]+( [^ ]+)*|opensc[^ ]+( [^ ]+)*"));
    }
    EXPECT_GE(seen.size(), 10U);
}

}  // namespace
}  // namespace signet
