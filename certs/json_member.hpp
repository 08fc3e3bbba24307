// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace signet {

/// The member of an object as text; nullptr when it is missing or of another type.
inline const std::string* textMember(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace signet
