// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_reader.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_find.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/ck_token.hpp"
#include "pkcs11/limits.hpp"
#include "pkcs11/pcsc_query.hpp"
#include "pkcs11/token_text.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace signet {
namespace {

/// For a PC/SC service that hangs; the modules that are not behind it are listed all the same.
constexpr std::chrono::milliseconds kReadersLimit{1000};
constexpr std::size_t kMaxKeysPerToken = 256;
/// Those beyond kMaxCertificatesPerToken are only counted.
constexpr std::size_t kMaxCertificatesSeen = 1024;
/// So that a listing fits into one message of the token host (16 MiB).
constexpr std::size_t kMaxListingBytes = 12 * 1024 * 1024;

Bytes copyOf(std::optional<BytesView> value) {
    return value ? Bytes(value->begin(), value->end()) : Bytes{};
}

bool isVanished(const Error& error) {
    return error.code == ErrorCode::tokenRemoved;
}

}  // namespace

TokenReader::TokenReader(const Module& module)
    : m_module(module),
      m_certificateReader({{CKA_CERTIFICATE_TYPE, sizeof(CK_ULONG), sizeof(CK_ULONG)},
                           {CKA_ID, 64, kMaxNameBytes},
                           {CKA_LABEL, 128, kMaxNameBytes},
                           {CKA_VALUE, 4096, kMaxCertificateBytes}}),
      m_keyReader(
          {{CKA_ID, 64, kMaxNameBytes}, {CKA_ALWAYS_AUTHENTICATE, sizeof(CK_BBOOL), sizeof(CK_BBOOL)}}) {
}

Result<TokenListing> TokenReader::list() {
    const auto slots = slotsWithToken(m_module);
    if (!slots) return fail(slots.error());
    TokenListing listing;
    listing.moduleDescription = m_module.description();
    if (slots->empty()) listing.emptySlotCount = countSlots(m_module);
    m_bytesLeft = kMaxListingBytes;
    const auto cards = readersWithin(kReadersLimit).value_or(std::vector<CardReader>{});
    for (const auto slot : *slots) {
        const auto description = slotDescription(m_module, slot);
        const auto presence = cardPresence(cards, description);
        listing.isPcsc = listing.isPcsc || presence != CardPresence::unknown;
        if (presence == CardPresence::absent) continue;
        auto token = readToken(slot);
        if (token) token->info.slotDescription = description;
        take(slot, std::move(token), listing);
    }
    return listing;
}

void TokenReader::take(CK_SLOT_ID slot, Result<Token> token, TokenListing& listing) const {
    if (token)
        listing.tokens.push_back(std::move(*token));
    else if (const auto error = nameRemoval(m_module, slot, token.error()); !isVanished(error))
        listing.faults.push_back({slot, error});
}

Result<Token> TokenReader::readToken(CK_SLOT_ID slot) {
    auto info = readTokenInfo(m_module, slot);
    if (!info) return fail(info.error());
    Token token{std::move(*info)};
    if (!token.info.isInitialized) return token;
    const auto session = Session::open(m_module, slot);
    if (!session) return fail(session.error());
    if (const auto read = readCertificates(*session, token); !read) return fail(read.error());
    if (const auto done = findKeys(*session, token); !done) return fail(done.error());
    return token;
}

Result<void> TokenReader::readCertificates(const Session& session, Token& token) {
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    const std::array criteria{criterion(CKA_CLASS, objectClass)};
    const auto handles = findObjects(session, criteria, kMaxCertificatesSeen);
    if (!handles) return fail(handles.error());
    for (const auto handle : *handles) {
        if (token.certificates.size() == kMaxCertificatesPerToken) {
            ++token.leftOutCertificates;
            continue;
        }
        if (const auto read = m_certificateReader.read(session, handle); !read) return fail(read.error());
        const auto type = m_certificateReader.number(CKA_CERTIFICATE_TYPE);
        const auto der = m_certificateReader.value(CKA_VALUE);
        if (type.value_or(CKC_X_509) != CKC_X_509) continue;
        const bool isTooLarge =
            m_certificateReader.isTooLong(CKA_VALUE) || (der && der->size() > m_bytesLeft);
        if (isTooLarge) ++token.leftOutCertificates;
        if (isTooLarge || !der || der->empty()) continue;
        m_bytesLeft -= der->size();
        token.certificates.push_back({copyOf(m_certificateReader.value(CKA_ID)),
                                      tokenText(m_certificateReader.value(CKA_LABEL).value_or(BytesView{})),
                                      copyOf(der)});
    }
    return {};
}

Result<std::vector<TokenReader::Key>> TokenReader::keys(const Session& session, CK_OBJECT_CLASS objectClass) {
    const std::array criteria{criterion(CKA_CLASS, objectClass)};
    const auto handles = findObjects(session, criteria, kMaxKeysPerToken);
    if (!handles) return fail(handles.error());
    std::vector<Key> found;
    for (const auto handle : *handles) {
        if (const auto read = m_keyReader.read(session, handle); !read) return fail(read.error());
        found.push_back(
            {copyOf(m_keyReader.value(CKA_ID)), m_keyReader.flag(CKA_ALWAYS_AUTHENTICATE).value_or(false)});
    }
    return found;
}

bool TokenReader::mark(std::vector<TokenCertificate>& certificates, const std::vector<Key>& keys) {
    bool isComplete = true;
    for (auto& certificate : certificates) {
        for (const auto& key : keys) {
            if (key.id.empty() || key.id != certificate.id) continue;
            certificate.hasPrivateKey = true;
            certificate.mustAuthenticateAlways |= key.mustAuthenticateAlways;
        }
        isComplete = isComplete && certificate.hasPrivateKey;
    }
    return isComplete;
}

Result<void> TokenReader::findKeys(const Session& session, Token& token) {
    if (token.certificates.empty()) return {};
    const auto privateKeys = keys(session, CKO_PRIVATE_KEY);
    if (!privateKeys) return fail(privateKeys.error());
    if (mark(token.certificates, *privateKeys)) return {};
    const auto publicKeys = keys(session, CKO_PUBLIC_KEY);
    if (!publicKeys) return fail(publicKeys.error());
    mark(token.certificates, *publicKeys);
    if (privateKeys->empty() && publicKeys->empty() && token.info.isLoginRequired)
        for (auto& certificate : token.certificates) certificate.hasPrivateKey = !certificate.id.empty();
    return {};
}

}  // namespace signet
