// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/licences.hpp"

#include <algorithm>
#include <array>

namespace signet {
namespace {

// clang-format off
constexpr std::array kComponents{
    Component{"Qt 6", "LGPL-3.0-only", "The Qt Company Ltd and contributors", "https://www.qt.io", "qt6-base-dev qt6-svg-dev", true, false},
    Component{"OpenSSL", "Apache-2.0", "The OpenSSL Project Authors", "https://www.openssl.org", "libssl-dev", true, true},
    Component{"Boost", "BSL-1.0", "the Boost authors", "https://www.boost.org", "libboost-dev libboost-program-options-dev", true, true},
    Component{"JSON for Modern C++", "MIT", "Niels Lohmann", "https://json.nlohmann.me", "nlohmann-json3-dev", true, true},
    Component{"tl::expected", "CC0-1.0", "Sy Brand", "https://github.com/TartanLlama/expected", "libexpected-dev", true, true},
    Component{"p11-kit", "BSD-3-Clause", "Red Hat, Inc., Stefan Walter and others", "https://p11-glue.github.io/p11-glue/p11-kit.html", "libp11-kit-dev", true, false},
    Component{"libp11", "LGPL-2.1-or-later", "Olaf Kirch, Kevin Stefanik and others", "https://github.com/OpenSC/libp11", "libp11-dev", true, false},
    Component{"PCSC-Lite", "BSD-3-Clause", "Ludovic Rousseau, David Corcoran and others", "https://pcsclite.apdu.fr", "libpcsclite-dev", true, false},
    Component{"libudev (systemd)", "LGPL-2.1-or-later", "the systemd authors", "https://systemd.io", "libudev-dev", true, false},
    Component{"spdlog", "MIT", "Gabi Melman and contributors", "https://github.com/gabime/spdlog", "libspdlog-dev", false, true},
    Component{"{fmt}", "MIT", "Victor Zverovich and contributors", "https://fmt.dev", "libfmt-dev", false, true},
    Component{"MD4C", "MIT", "Martin Mitas", "https://github.com/mity/md4c", "libmd4c-dev libmd4c-html0-dev", false, true},
    Component{"SQLite", "blessing", "public domain", "https://www.sqlite.org", "libsqlite3-dev", false, true},
};
// clang-format on

/// Columns of ASCII.
std::string padded(std::string_view text, std::size_t width) {
    std::string cell(text);
    cell.resize(std::max(cell.size() + 2, width), ' ');
    return cell;
}

}  // namespace

std::span<const Component> components() {
    return kComponents;
}

std::string licencesText(ProgramKind program) {
    std::string text = "Signet  Apache-2.0  The Signet authors\n\nLinked with:\n";
    for (const auto& component : components()) {
        const bool isIn = program == ProgramKind::agent ? component.isInAgent : component.isInPlatform;
        if (!isIn) continue;
        text += "  " + padded(component.name, 22) + padded(component.licence, 20) +
                padded(component.holder, 46) + std::string(component.site) + "\n";
    }
    return text;
}

}  // namespace signet
