// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/signature_form.hpp"

#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include <memory>
#include <optional>
#include <string>

namespace signet {
namespace {

struct FreeSignature {
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

std::size_t fieldBytes(Algorithm algorithm) {
    return algorithm == Algorithm::es384 ? 48 : 32;
}

std::optional<Bytes> fromDer(BytesView der, std::size_t width) {
    const auto* position = der.data();
    const std::unique_ptr<ECDSA_SIG, FreeSignature> parsed(
        d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!parsed || position != der.data() + der.size()) return std::nullopt;
    Bytes raw(2 * width);
    const int size = static_cast<int>(width);
    const bool fit = BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), raw.data(), size) == size &&
                     BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), raw.data() + width, size) == size;
    return fit ? std::optional(raw) : std::nullopt;
}

tl::unexpected<Error> wrongLength(Algorithm algorithm, std::size_t length) {
    return fail(ErrorCode::signatureInvalid,
                std::string(toString(algorithm)) + " signature of " + std::to_string(length) + " bytes",
                "signature_length");
}

}  // namespace

Result<Bytes> toStatementForm(Algorithm algorithm, const CertificateKey& key, BytesView signature) {
    const bool isRsa = key.type == KeyType::rsa;
    const auto expected = isRsa ? key.modulusBytes : 2 * fieldBytes(algorithm);
    if (signature.size() == expected) return Bytes(signature.begin(), signature.end());
    if (!isRsa)
        if (auto raw = fromDer(signature, fieldBytes(algorithm))) return std::move(*raw);
    return wrongLength(algorithm, signature.size());
}

bool hasSpareZero(Algorithm algorithm, BytesView signature) {
    if (algorithm != Algorithm::es256 && algorithm != Algorithm::es384) return false;
    const auto width = fieldBytes(algorithm);
    if (signature.size() != 2 * width) return false;
    const auto isSpare = [&](std::size_t at) { return signature[at] == 0 && signature[at + 1] < 0x80; };
    return isSpare(0) || isSpare(width);
}

}  // namespace signet
