// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/usb_devices.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

namespace signet {
namespace {

constexpr std::uint8_t kSmartCardClass = 0x0B;
constexpr std::size_t kMaxDevices = 256;

/// The first line of an attribute; empty where there is none.
std::string attribute(const std::filesystem::path& folder, const char* name) {
    std::ifstream file(folder / name);
    std::string line;
    if (!std::getline(file, line)) return {};
    return line;
}

std::optional<std::uint16_t> hexadecimal(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Interfaces are folders of their own, named "1-2:1.0" for the device "1-2".
std::vector<std::uint8_t> interfaceClasses(const std::filesystem::path& device) {
    std::vector<std::uint8_t> classes;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(device, error)) {
        if (entry.path().filename().string().find(':') == std::string::npos) continue;
        if (const auto number = hexadecimal(attribute(entry.path(), "bInterfaceClass")))
            classes.push_back(static_cast<std::uint8_t>(*number));
    }
    std::sort(classes.begin(), classes.end());
    return classes;
}

}  // namespace

bool UsbDevice::hasCcid() const {
    return std::find(interfaceClasses.begin(), interfaceClasses.end(), kSmartCardClass) !=
           interfaceClasses.end();
}

std::vector<UsbDevice> usbDevices(const std::filesystem::path& folder) {
    std::vector<UsbDevice> devices;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (devices.size() == kMaxDevices) break;
        const auto vendor = hexadecimal(attribute(entry.path(), "idVendor"));
        const auto product = hexadecimal(attribute(entry.path(), "idProduct"));
        if (!vendor || !product) continue;  // an interface, or a device that has just gone
        devices.push_back({*vendor, *product, attribute(entry.path(), "manufacturer"),
                           attribute(entry.path(), "product"), interfaceClasses(entry.path())});
    }
    return devices;
}

const KnownKey* findKnownKey(const UsbDevice& device) {
    const KnownKey* found = nullptr;
    for (const auto& key : knownKeys()) {
        if (key.vendorId != device.vendorId) continue;
        if (key.productId == device.productId) return &key;
        if (!key.productId) found = &key;
    }
    return found;
}

}  // namespace signet
