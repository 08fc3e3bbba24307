// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A USB device that is plugged in, as the kernel tells it.
struct UsbDevice {
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::string manufacturer{};  ///< the device's own words; may be empty
    std::string product{};
    std::vector<std::uint8_t> interfaceClasses{};  ///< 0x0B smart card (CCID), 0x08 mass storage, 0x03 HID

    bool hasCcid() const;
};

/// All that are plugged in. A folder that is not there (no USB at all) gives none.
/// Source: Linux Documentation/ABI/testing/sysfs-bus-usb.
std::vector<UsbDevice> usbDevices(const std::filesystem::path& folder = "/sys/bus/usb/devices");

/// A USB key that we know of: data/known_keys.txt.
struct KnownKey {
    std::uint16_t vendorId = 0;
    std::optional<std::uint16_t> productId{};  ///< nullopt: every product of the vendor
    std::string_view vendor;
    std::string_view name;
    std::string_view modules;  ///< file names of PKCS#11 modules that know it, divided by spaces
};
std::span<const KnownKey> knownKeys();
/// The row with the device's own product, else the vendor's, else nullptr.
const KnownKey* findKnownKey(const UsbDevice& device);

}  // namespace signet
