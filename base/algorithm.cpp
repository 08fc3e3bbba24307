// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/algorithm.hpp"

namespace signet {

std::string_view toString(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
            return "ES256";
        case Algorithm::es384:
            return "ES384";
        case Algorithm::rs256:
            return "RS256";
        case Algorithm::ps256:
            return "PS256";
        case Algorithm::sm2sm3:
            return "SM2SM3";
    }
    return "";
}

std::optional<Algorithm> algorithmFromName(std::string_view name) {
    for (const auto algorithm :
         {Algorithm::es256, Algorithm::es384, Algorithm::rs256, Algorithm::ps256, Algorithm::sm2sm3})
        if (toString(algorithm) == name) return algorithm;
    return std::nullopt;
}

bool fits(Algorithm algorithm, KeyType key) {
    switch (algorithm) {
        case Algorithm::es256:
            return key == KeyType::p256;
        case Algorithm::es384:
            return key == KeyType::p384;
        case Algorithm::rs256:
        case Algorithm::ps256:
            return key == KeyType::rsa;
        case Algorithm::sm2sm3:
            return key == KeyType::sm2;
    }
    return false;
}

std::string_view toString(KeyType key) {
    switch (key) {
        case KeyType::rsa:
            return "rsa";
        case KeyType::p256:
            return "p256";
        case KeyType::p384:
            return "p384";
        case KeyType::sm2:
            return "sm2";
        case KeyType::other:
            return "other";
    }
    return "";
}

}  // namespace signet
