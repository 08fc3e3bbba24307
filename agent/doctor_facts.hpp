// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "agent/listening_ports.hpp"
#include "agent/platform_client.hpp"
#include "agent/tokens.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/revocation.hpp"
#include "certs/trust_list.hpp"
#include "pkcs11/library_file.hpp"
#include "pkcs11/module_discovery.hpp"
#include "pkcs11/pcsc_context.hpp"
#include "pkcs11/pcsc_socket.hpp"
#include "pkcs11/usb_devices.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// What the self-check saw. Gathered by DoctorGather, judged by the pure functions of doctor_checks.hpp.

/// Which files count, and whether there is a policy.
struct ConfigurationFacts {
    Result<Configuration> configuration = fail(ErrorCode::configurationInvalid);
    std::vector<std::string> files{};  ///< that were read
    bool hasPolicy = false;
};

/// What is plugged in.
struct HardwareFacts {
    std::vector<UsbDevice> usb{};
    PcscSocket socket = PcscSocket::missing;
    Result<std::vector<CardReader>> readers = fail(ErrorCode::tokenError, {}, "pcsc_absent");
    /// Nodes of disc-like devices (/dev/sg*): all, and those that this user can open.
    std::size_t discNodes = 0;
    std::size_t openDiscNodes = 0;
};

/// A module's file and what came of it.
struct ModuleFacts {
    ModuleFile file{};
    std::optional<LibraryFile> library{};    ///< nullopt: it could not be read
    std::optional<ModuleListing> listing{};  ///< nullopt: it was not asked
    std::chrono::milliseconds elapsed{0};

    /// Those that hold something: SoftHSM always shows a slot with an empty one.
    std::size_t tokenCount() const;
    bool isAnswering() const { return listing && listing->result; }
};

/// The server's certificate, where the connection was refused for it.
struct PeerFacts {
    std::string subject{};  ///< common name, else organisation
    std::string issuer{};
    bool isSystemTrusted = false;  ///< the system's roots stand behind it
};

struct IssuerFacts {
    std::string issuer{};
    std::string proxy{};  ///< "direct", or "http://HOST:PORT" without user and password
    bool hasOwnRoots = false;
    Result<IssuerMetadata> metadata = fail(ErrorCode::platformUnreachable);
    Result<FetchedChallenge> challenge = fail(ErrorCode::platformUnreachable);
    std::optional<TimePoint> challengeRead{};  ///< by this computer's clock
    std::optional<PeerFacts> peer{};
    std::chrono::milliseconds elapsed{0};  ///< to the metadata
};

struct DoctorFacts {
    TimePoint now{};
    ConfigurationFacts configuration{};
    HardwareFacts hardware{};
    std::vector<ModuleFacts> modules{};
    std::vector<Error> leftOutModules{};  ///< registered or in a known place, and not used
    Result<TrustList> trust = fail(ErrorCode::configurationInvalid);
    /// Of the certificates that may log in, by SHA-256; where it was not asked, there is none.
    std::map<std::string, Result<RevocationProof>> revocation{};
    std::vector<IssuerFacts> issuers{};
    std::vector<ListeningPort> ports{};

    bool isConfigured() const { return configuration.configuration.has_value(); }
    /// In the form that the other parts of the agent take.
    TokenInventory inventory() const;
    /// How far this computer's clock is ahead of a platform's; nullopt where none told its time.
    std::optional<std::chrono::seconds> clockAhead() const;
    bool hasToken() const;
};

}  // namespace signet
