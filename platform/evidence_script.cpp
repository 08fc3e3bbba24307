// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/evidence_script.hpp"

#include <chrono>
#include <initializer_list>
#include <string_view>

namespace signet {
namespace {

/// Clocks may differ by five minutes (RevocationChecker), and asking takes a moment.
constexpr std::chrono::seconds kSlack = std::chrono::minutes(5) + std::chrono::seconds(10);
/// How old an OCSP response without nextUpdate may be: an hour when it came, and kept for five minutes.
constexpr std::chrono::seconds kOldest = std::chrono::minutes(65) + kSlack;

constexpr std::string_view kHead = R"sh(#!/bin/sh
# Verifies one login with the openssl command (3.0 or later) and the usual text tools; nothing of the platform's is needed.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fault() { echo "NOT VERIFIED: $1" >&2; exit 1; }
b64url() { openssl base64 -A -in "$1" | tr '+/' '-_' | tr -d '='; }
hex() { od -An -v -tx1 "$1" | tr -d ' \n' | tr a-f A-F; }
)sh";

constexpr std::string_view kFresh = R"sh(
# number: "Nov 24 06:14:00 2026 GMT" as 20261124061400.
number() { awk '{ gsub(":", "", $3); printf "%04d%02d%02d%s\n", $4, (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3, $2, $3 }'; }
# fresh WHAT THIS NEXT: what was said between THIS and NEXT holds for the time of the login.
fresh() {
    [ "$(echo "$2" | number)" -le "$latest" ] || fault "$1 was made after the login"
    if [ -n "$3" ]; then
        [ "$(echo "$3" | number)" -ge "$earliest" ] || fault "$1 had expired when the login was"
    else
        [ "$(echo "$2" | number)" -ge "$oldest" ] || fault "$1 was too old when the login was"
    fi
}
)sh";

constexpr std::string_view kFreshOcsp =
    R"sh(fresh "the OCSP response" "$(sed -n 's/.*This Update: //p' "$work/ocsp")" "$(sed -n 's/.*Next Update: //p' "$work/ocsp")"
)sh";

constexpr std::string_view kFreshCrl =
    R"sh(fresh "the CRL" "$(openssl crl -inform DER -in crl.der -noout -lastupdate | sed 's/.*=//')" \
    "$(openssl crl -inform DER -in crl.der -noout -nextupdate | sed 's/.*=//')"
)sh";

/// The openssl command compares a response's dates with today's only, so it is given the time since the
/// login.
constexpr std::string_view kSinceLogin = R"sh(since=$(( $(date +%s) - at ))
[ "$since" -ge 0 ] || since=$(( -since ))
)sh";

constexpr std::string_view kStatement = R"sh(
# 1. What was signed is exactly this header and this payload.
printf '%s.%s' "$(b64url protected.json)" "$(b64url payload.json)" > "$work/input"
cmp -s "$work/input" signing-input.txt || fault "signing-input.txt is not header.payload"

# 2. Both name the certificate and the algorithm.
openssl x509 -in leaf.pem -outform DER -out "$work/leaf.der" || fault "leaf.pem cannot be read"
openssl dgst -sha256 -binary -out "$work/leaf.sha256" "$work/leaf.der"
grep -qF "\"x5t\":\"$(b64url "$work/leaf.sha256")\"" payload.json || fault "the payload names another certificate"
grep -qF "\"x5c\":[\"$(openssl base64 -A -in "$work/leaf.der")\"" protected.json || fault "the header carries another certificate"
grep -qF "\"alg\":\"$alg\"" protected.json || fault "the header names another algorithm"

# 3. The texts that were agreed to are those that the payload names.
for text in agreement-*.md; do
    [ -e "$text" ] || continue
    openssl dgst -sha256 -binary -out "$work/text.sha256" "$text"
    grep -qF "\"s256\":\"$(b64url "$work/text.sha256")\"" payload.json || fault "$text is not what was agreed to"
done

# 4. The signature is the certificate holder's.
openssl x509 -in leaf.pem -noout -pubkey > "$work/key.pem"
)sh";

/// signature.bin is what was sent (r and s side by side); openssl wants the same two numbers in DER.
constexpr std::string_view kSameNumbers = R"sh(width=$(( $(wc -c < signature.bin) ))
openssl asn1parse -inform DER -in signature.der > "$work/numbers" || fault "signature.der cannot be read"
numbers=$(sed -n 's/.*INTEGER *:\([0-9A-F]*\)$/\1/p' "$work/numbers" | while read -r n; do printf "%${width}s" "$n" | tr ' ' 0; done)
[ "$numbers" = "$(hex signature.bin)" ] || fault "signature.bin and signature.der differ"
)sh";

constexpr std::string_view kIssuer = R"sh(
cat chain.pem anchor.pem | openssl x509 > "$work/issuer.pem" || fault "chain.pem or anchor.pem cannot be read"
cmp -s issuer.pem "$work/issuer.pem" || fault "issuer.pem is not the first of the chain"
)sh";

constexpr std::string_view kChain = R"sh(
# 5. At the time of the login the certificate was valid and issued under anchor.pem.
between=""
[ ! -s chain.pem ] || between="-untrusted chain.pem"
openssl verify -attime "$at" -no-CApath -no-CAstore -partial_chain -CAfile anchor.pem $between leaf.pem > "$work/chain" 2>&1 \
    || fault "the chain: $(cat "$work/chain")"
)sh";

/// The openssl command sets the SM2 ID for one certificate only, so each link is verified by itself.
constexpr std::string_view kSm2Chain = R"sh(
# 5. At the time of the login the certificate was valid and issued under anchor.pem. The openssl command knows the SM2 ID
#    for one certificate at a time, so each link is verified by itself.
awk -v to="$work/link-" 'BEGIN{n=1} {print > (to n ".pem")} /END CERT/{n++}' leaf.pem chain.pem anchor.pem
n=1
while [ -e "$work/link-$((n + 1)).pem" ]; do
    openssl verify -attime "$at" -no-CApath -no-CAstore -partial_chain -CAfile "$work/link-$((n + 1)).pem" \
        -vfyopt "$sm2id" "$work/link-$n.pem" > "$work/chain" 2>&1 || fault "the chain: $(cat "$work/chain")"
    n=$((n + 1))
done
)sh";

constexpr std::string_view kOcsp = R"sh(
# 6. The OCSP response says that the certificate was not revoked, and the issuer (or its responder) signed it.
between=""
[ ! -s chain.pem ] || between="-verify_other chain.pem"
openssl ocsp -respin ocsp.der -issuer issuer.pem -cert leaf.pem -no_nonce -CAfile anchor.pem -no-CApath -no-CAstore \
    -partial_chain -attime "$at" -validity_period $(( since + slack )) $between > "$work/ocsp" 2>&1 || fault "the OCSP response: $(cat "$work/ocsp")"
grep -q "Response verify OK" "$work/ocsp" || fault "the OCSP response: $(cat "$work/ocsp")"
grep -q "^leaf.pem: good" "$work/ocsp" || fault "the OCSP response: $(cat "$work/ocsp")"
)sh";

constexpr std::string_view kCrl = R"sh(
# 6. The CRL, signed by the issuer, does not list the certificate. (Its dates come after; those of the chain came before.)
openssl crl -inform DER -in crl.der -out "$work/crl.pem" || fault "crl.der cannot be read"
openssl verify -no_check_time -no-CApath -no-CAstore -partial_chain -CAfile anchor.pem $between -crl_check \
    -CRLfile "$work/crl.pem" leaf.pem > "$work/crl" 2>&1 || fault "the CRL: $(cat "$work/crl")"
)sh";

/// Splits an outer SEQUENCE { content, algorithm, BIT STRING } and verifies the SM2 signature over the
/// content.
constexpr std::string_view kSm2Signed = R"sh(
# sm2_signed FILE KEY: the SM2 signature of a CRL or OCSP response, which the openssl command cannot verify in one step.
sm2_signed() {
    openssl asn1parse -inform DER -in "$1" > "$work/parts" || fault "$1 cannot be read"
    content=$(sed -n '2s/^ *\([0-9]*\):.*/\1/p' "$work/parts")
    bits=$(sed -n 's/^ *\([0-9]*\):d=1 .*BIT STRING.*/\1/p' "$work/parts" | tail -n 1)
    openssl asn1parse -inform DER -in "$1" -strparse "$content" -noout -out "$work/content"
    openssl asn1parse -inform DER -in "$1" -strparse "$bits" -noout -out "$work/bits"
    openssl dgst -sm3 -verify "$2" -sigopt "$sm2id" -signature "$work/bits" "$work/content" > /dev/null || fault "the signature of $1"
}
)sh";

constexpr std::string_view kSm2Ocsp = R"sh(
# 6. The OCSP response says that the certificate was not revoked, and the issuer (or its responder) signed it.
openssl asn1parse -inform DER -in ocsp.der > "$work/outer" || fault "ocsp.der cannot be read"
octets=$(sed -n 's/^ *\([0-9]*\):.*OCTET STRING.*/\1/p' "$work/outer" | head -n 1)
openssl asn1parse -inform DER -in ocsp.der -strparse "$octets" -noout -out "$work/basic.der"
signer=issuer.pem
if [ -e responder.pem ]; then
    signer=responder.pem
    openssl x509 -in responder.pem -outform DER -out "$work/responder.der" || fault "responder.pem cannot be read"
    hex ocsp.der > "$work/ocsp.hex"
    grep -qF "$(hex "$work/responder.der")" "$work/ocsp.hex" || fault "responder.pem is not the one in ocsp.der"
    openssl verify -attime "$at" -no-CApath -no-CAstore -partial_chain -CAfile issuer.pem -vfyopt "$sm2id" responder.pem \
        > "$work/responder" 2>&1 || fault "the OCSP responder: $(cat "$work/responder")"
    openssl x509 -in responder.pem -noout -ext extendedKeyUsage 2>/dev/null | grep -q "OCSP Signing" || fault "the OCSP responder"
fi
openssl x509 -in "$signer" -noout -pubkey > "$work/signer.pem"
sm2_signed "$work/basic.der" "$work/signer.pem"
openssl ocsp -respin ocsp.der -issuer issuer.pem -cert leaf.pem -no_nonce -noverify \
    -validity_period $(( since + slack )) > "$work/ocsp" 2>&1 || fault "the OCSP response"
grep -q "^leaf.pem: good" "$work/ocsp" || fault "the OCSP response: $(cat "$work/ocsp")"
)sh";

constexpr std::string_view kSm2Crl = R"sh(
# 6. The CRL, signed by the issuer, does not list the certificate.
openssl x509 -in issuer.pem -noout -pubkey > "$work/signer.pem"
sm2_signed crl.der "$work/signer.pem"
openssl crl -inform DER -in crl.der -noout -text > "$work/crl" || fault "crl.der cannot be read"
serial=$(openssl x509 -in leaf.pem -noout -serial | sed 's/^serial=//')
! grep -q "Serial Number: $serial\$" "$work/crl" || fault "the CRL lists the certificate"
)sh";

constexpr std::string_view kEnd = R"sh(
echo "VERIFIED"
echo "signed by:    $(openssl x509 -in leaf.pem -noout -subject -nameopt utf8,sep_comma_plus,sname | sed 's/^subject=//')"
echo "trust anchor: $(openssl x509 -in anchor.pem -noout -fingerprint -sha256)"
echo "Whether that anchor is a CA that you trust is yours to say."
)sh";

std::string signatureCommand(Algorithm algorithm) {
    const std::string end = " > /dev/null || fault \"the signature\"\n";
    switch (algorithm) {
        case Algorithm::rs256:
            return "cmp -s signature.bin signature.der || fault \"signature.bin and signature.der differ\"\n"
                   "openssl dgst -sha256 -verify \"$work/key.pem\" -signature signature.bin "
                   "signing-input.txt" +
                   end;
        case Algorithm::ps256:
            return "cmp -s signature.bin signature.der || fault \"signature.bin and signature.der differ\"\n"
                   "openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest \\\n"
                   "    -verify \"$work/key.pem\" -signature signature.bin signing-input.txt" +
                   end;
        case Algorithm::es256:
            return std::string(kSameNumbers) +
                   "openssl dgst -sha256 -verify \"$work/key.pem\" -signature signature.der "
                   "signing-input.txt" +
                   end;
        case Algorithm::es384:
            return std::string(kSameNumbers) +
                   "openssl dgst -sha384 -verify \"$work/key.pem\" -signature signature.der "
                   "signing-input.txt" +
                   end;
        case Algorithm::sm2sm3:
            return std::string(kSameNumbers) +
                   "openssl dgst -sm3 -sigopt \"$sm2id\" -verify \"$work/key.pem\" -signature signature.der "
                   "signing-input.txt" +
                   end;
    }
    return {};
}

bool isSm2Issued(const Evidence& evidence) {
    return evidence.chain.size() > 1 && evidence.chain[1].keyType() == KeyType::sm2;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const auto part : parts) all += part;
    return all;
}

/// As the script's number() writes it.
std::string numberOf(TimePoint time) {
    auto text = timeText(time);
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
}

/// What revocation proofs are held against.
std::string timesOf(const Evidence& evidence) {
    const auto at = evidence.verifiedAt;
    return "slack=" + std::to_string(kSlack.count()) + "  # seconds that clocks may differ by\n" +
           "latest=" + numberOf(at + kSlack) + "\n" + "earliest=" + numberOf(at - kSlack) + "\n" +
           "oldest=" + numberOf(at - kOldest) + "\n";
}

std::string revocationPart(const Evidence& evidence) {
    const bool isSm2 = isSm2Issued(evidence);
    const auto proof = leafProof(evidence);
    switch (proof.kind) {
        case RevocationProof::Kind::none:
            return "\n# 6. There is no revocation proof: " + proof.note +
                   "\necho \"without revocation proof\"\n";
        case RevocationProof::Kind::ocsp:
            return joined(
                {kFresh, kSinceLogin, isSm2 ? kSm2Signed : "", isSm2 ? kSm2Ocsp : kOcsp, kFreshOcsp});
        case RevocationProof::Kind::crl:
            return joined({kFresh, isSm2 ? kSm2Signed : "", isSm2 ? kSm2Crl : kCrl, kFreshCrl});
    }
    return {};
}

}  // namespace

std::string verifyScript(const Evidence& evidence) {
    std::string script(kHead);
    script += "alg=" + std::string(toString(evidence.algorithm)) + "\n";
    script += "at=" + std::to_string(evidence.verifiedAt.time_since_epoch().count()) + "  # " +
              timeText(evidence.verifiedAt) + "\n";
    script += timesOf(evidence);
    script += "sm2id=distid:1234567812345678\n";
    script += kStatement;
    script += signatureCommand(evidence.algorithm);
    script += isSm2Issued(evidence) ? kSm2Chain : kChain;
    script += kIssuer;
    script += revocationPart(evidence);
    script += kEnd;
    return script;
}

std::string evidenceReadme(const Evidence& evidence) {
    return "Evidence of one login (challenge " + evidence.challengeId + ", verified " +
           timeText(evidence.verifiedAt) +
           ").\n\n"
           "./verify.sh checks all of it with the openssl command; read it: each step is one command.\n\n"
           "protected.json      header of the signed statement: algorithm and certificates\n"
           "payload.json        what the holder signed: platform (aud), page (origin), purpose, agreements, "
           "time, ...\n"
           "signing-input.txt   base64url(protected.json).base64url(payload.json), the bytes under the "
           "signature\n"
           "signature.bin       the signature as it was sent (RSA, or r and s side by side)\n"
           "signature.der       the same for openssl\n"
           "leaf.pem            the holder's certificate\n"
           "chain.pem           CA certificates between leaf and anchor; may be empty\n"
           "issuer.pem          the CA that issued the leaf\n"
           "anchor.pem          the CA that the platform trusted at the time\n"
           "ocsp.der, crl.der   what the issuer said about revocation, where there is any\n"
           "responder.pem       the OCSP responder's certificate, where the response carries one\n"
           "agreement-*.md      the texts that were agreed to by signing\n\n"
           "It is a detached JWS (RFC 7515 appendix F): protected.json and signature.bin in base64url with "
           "payload.json as\n"
           "the payload verify with any JOSE library, SM2 excepted.\n";
}

}  // namespace signet
