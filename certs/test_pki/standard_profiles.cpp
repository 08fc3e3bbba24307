// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/must.hpp"
#include "certs/test_pki/test_pki.hpp"

namespace signet {
namespace {

constexpr std::chrono::hours kDay{24};

std::vector<NamePart> enterpriseName(std::string_view name) {
    return {
        {"C", "CN"}, {"ST", "云南省"}, {"L", "昆明市"}, {"O", std::string(name)}, {"CN", std::string(name)}};
}

Profile enterprise(KeyKind key) {
    Profile profile;
    profile.key = key;
    profile.subject = enterpriseName(kTestEnterprise);
    profile.uscc = kTestUscc;
    return profile;
}

Profile sharedEnterprise(KeyKind key) {
    auto profile = enterprise(key);
    profile.keyLabel = "enterprise";
    return profile;
}

Profile otherEnterprise() {
    auto profile = enterprise(KeyKind::p256);
    profile.subject = enterpriseName(kTestOtherEnterprise);
    profile.uscc = kTestOtherUscc;
    return profile;
}

Profile person() {
    Profile profile;
    profile.subject = {{"C", "CN"}, {"CN", std::string(kTestPerson)}};
    profile.idNumber = kTestPersonId;
    return profile;
}

Profile legalRepresentative() {
    Profile profile;
    profile.subject = {
        {"C", "CN"}, {"O", std::string(kTestEnterprise)}, {"CN", std::string(kTestRepresentative)}};
    profile.idNumber = kTestRepresentativeId;
    return profile;
}

Profile expired() {
    auto profile = enterprise(KeyKind::p256);
    profile.startsIn = -400 * kDay;
    profile.endsIn = -1 * kDay;
    return profile;
}

Profile notYetValid() {
    auto profile = enterprise(KeyKind::p256);
    profile.startsIn = 2 * kDay;
    profile.endsIn = 400 * kDay;
    return profile;
}

Profile encryptionOnly() {
    auto profile = enterprise(KeyKind::p256);
    profile.keyUsage = "critical,keyEncipherment,dataEncipherment,keyAgreement";
    return profile;
}

/// The other half of a pair of SM2 certificates.
Profile encryptionSm2() {
    auto profile = enterprise(KeyKind::sm2);
    profile.keyUsage = "critical,keyEncipherment,dataEncipherment,keyAgreement";
    return profile;
}

Profile wrongEku() {
    auto profile = enterprise(KeyKind::p256);
    profile.extendedKeyUsage = "serverAuth";
    return profile;
}

Profile untrusted() {
    auto profile = enterprise(KeyKind::p256);
    profile.issuer = CaKind::untrusted;
    return profile;
}

Profile noIdentity() {
    Profile profile;
    profile.subject = {{"C", "CN"}, {"O", "No Identity Ltd"}, {"CN", "No Identity"}};
    return profile;
}

struct NamedProfile {
    std::string_view name;
    Profile (*make)();
};
constexpr NamedProfile kProfiles[] = {
    // RSA keys are made once in a process; a key that two test PKIs share is harmless in a leaf.
    {"enterprise-rsa2048", [] { return sharedEnterprise(KeyKind::rsa2048); }},
    {"enterprise-rsa3072", [] { return sharedEnterprise(KeyKind::rsa3072); }},
    {"enterprise-p256", [] { return enterprise(KeyKind::p256); }},
    {"enterprise-p384", [] { return enterprise(KeyKind::p384); }},
    {"enterprise-sm2", [] { return enterprise(KeyKind::sm2); }},
    {"enterprise-renewed", [] { return enterprise(KeyKind::p256); }},
    {"legal-representative", &legalRepresentative},
    {"person", &person},
    {"other-enterprise", &otherEnterprise},
    {"expired", &expired},
    {"not-yet-valid", &notYetValid},
    {"revoked", [] { return enterprise(KeyKind::p256); }},
    {"encryption-only", &encryptionOnly},
    {"encryption-sm2", &encryptionSm2},
    {"wrong-eku", &wrongEku},
    {"untrusted", &untrusted},
    {"no-identity", &noIdentity},
};

}  // namespace

std::vector<std::string> TestPki::names() {
    std::vector<std::string> names;
    for (const auto& entry : kProfiles) names.emplace_back(entry.name);
    return names;
}

Profile TestPki::profile(std::string_view name) {
    for (const auto& entry : kProfiles)
        if (entry.name == name) return entry.make();
    must(false, "look-up of a standard certificate");
    return {};
}

}  // namespace signet
