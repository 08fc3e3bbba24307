// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/test_pki/test_pki.hpp"

namespace signet {

/// One PKI for all tests of the program: making keys takes time.
inline TestPki& pki() {
    static TestPki made;
    return made;
}

}  // namespace signet
