// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "tests/platform/test_platform.hpp"

#include <string>
#include <string_view>

namespace signet::test {

/// What the platform answers a browser's GET.
inline HttpResponse get(TestPlatform& platform, const std::string& path, const std::string& query = {},
                        const HttpFields& fields = {}) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = query;
    request.fields = fields;
    return platform.node().handle(request);
}

inline bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace signet::test
