// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "pkcs11/ck_module.hpp"
#include "tests/doubles/softhsm_token.hpp"

#include <cstddef>
#include <vector>

namespace signet::bench {

/// Makes `count` tokens in the SoftHSM store that the environment names, each with all of `keys` (P-256) and
/// their certificates. By calls in this process: with a tool for each object, which reads all tokens again, a
/// hundred tokens take a minute.
void fillStore(const CK_FUNCTION_LIST& api, std::size_t count,
               const std::vector<test::KeyAndCertificate>& keys);

}  // namespace signet::bench
