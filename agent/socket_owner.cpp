// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/socket_owner.hpp"

#include "agent/tcp_table.hpp"
#include "base/fd.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

namespace signet {
namespace {

/// One end: the address as the kernel keeps it, the port in network order.
struct End {
    std::array<std::uint32_t, 4> address{};
    std::uint16_t port = 0;
};

struct Ends {
    int family = 0;
    End ours;
    End theirs;
};

std::optional<End> endOf(const sockaddr_storage& address) {
    End end;
    if (address.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof(in));
        end.address[0] = in.sin_addr.s_addr;
        end.port = in.sin_port;
        return end;
    }
    if (address.ss_family != AF_INET6) return std::nullopt;
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof(in));
    std::memcpy(end.address.data(), &in.sin6_addr, sizeof(end.address));
    end.port = in.sin6_port;
    return end;
}

std::optional<Ends> endsOf(int accepted) {
    sockaddr_storage ours{};
    sockaddr_storage theirs{};
    socklen_t size = sizeof(ours);
    if (::getsockname(accepted, reinterpret_cast<sockaddr*>(&ours), &size) != 0) return std::nullopt;
    size = sizeof(theirs);
    if (::getpeername(accepted, reinterpret_cast<sockaddr*>(&theirs), &size) != 0) return std::nullopt;
    const auto here = endOf(ours);
    const auto there = endOf(theirs);
    if (!here || !there) return std::nullopt;
    return Ends{ours.ss_family, *here, *there};
}

struct DiagRequest {
    nlmsghdr header;
    inet_diag_req_v2 question;
};

/// Asks for the socket whose own end is the peer's.
DiagRequest diagRequest(const Ends& ends) {
    DiagRequest request{};
    request.header.nlmsg_len = sizeof(request);
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST;
    request.question.sdiag_family = static_cast<std::uint8_t>(ends.family);
    request.question.sdiag_protocol = IPPROTO_TCP;
    request.question.idiag_states = ~0U;
    auto& id = request.question.id;
    id.idiag_sport = ends.theirs.port;
    id.idiag_dport = ends.ours.port;
    std::copy(ends.theirs.address.begin(), ends.theirs.address.end(), std::begin(id.idiag_src));
    std::copy(ends.ours.address.begin(), ends.ours.address.end(), std::begin(id.idiag_dst));
    id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return request;
}

/// Whether the kernel has ever answered for this family.
std::atomic<bool>& diagnosisOf(int family) {
    static std::atomic<bool> v4{false};
    static std::atomic<bool> v6{false};
    return family == AF_INET ? v4 : v6;
}
bool hasDiagnosis(int family) {
    return diagnosisOf(family);
}
void knowDiagnosis(int family) {
    diagnosisOf(family) = true;
}

/// What the kernel said. A closed or unknown peer is an answer too, so that nobody can have the table of all
/// connections read by closing his own.
struct KernelAnswer {
    bool isGiven = false;
    std::optional<uid_t> owner{};
};

KernelAnswer askKernel(const Ends& ends) {
    const Fd netlink(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (!netlink.isOpen()) return {};
    const auto request = diagRequest(ends);
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    if (::sendto(netlink.get(), &request, sizeof(request), 0, reinterpret_cast<const sockaddr*>(&kernel),
                 sizeof(kernel)) < 0)
        return {};
    alignas(nlmsghdr) std::array<char, 1024> answer{};
    // The kernel has answered before sendto returns.
    const auto size = ::recv(netlink.get(), answer.data(), answer.size(), MSG_DONTWAIT);
    if (size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(nlmsgerr)))) return {};
    nlmsghdr header{};
    std::memcpy(&header, answer.data(), sizeof(header));
    if (header.nlmsg_type == NLMSG_ERROR) {
        nlmsgerr fault{};
        std::memcpy(&fault, answer.data() + NLMSG_HDRLEN, sizeof(fault));
        // ENOENT is also what a kernel without this family's part says; it lacks it for every connection.
        return {.isGiven = fault.error == -ENOENT && hasDiagnosis(ends.family)};
    }
    if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY ||
        size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(inet_diag_msg))))
        return {};
    inet_diag_msg socket{};
    std::memcpy(&socket, answer.data() + NLMSG_HDRLEN, sizeof(socket));
    // One that its program has closed has no inode any more, and the kernel gives it to root.
    if (socket.idiag_inode == 0) return {.isGiven = true};
    knowDiagnosis(ends.family);
    return {.isGiven = true, .owner = socket.idiag_uid};
}

std::string tableText(const End& end, int family) {
    std::string text;
    std::array<char, 16> part{};
    for (std::size_t i = 0; i < (family == AF_INET ? 1U : 4U); ++i) {
        std::snprintf(part.data(), part.size(), "%08X", end.address[i]);
        text += part.data();
    }
    std::snprintf(part.data(), part.size(), ":%04X", ntohs(end.port));
    return text + part.data();
}

}  // namespace

std::optional<uid_t> ownerInTable(std::string_view table, std::string_view local, std::string_view remote) {
    while (const auto row = takeTcpRow(table)) {
        // One that its program has closed is as if it were root's.
        if (row->local == local && row->remote == remote && row->inode != 0) return row->user;
    }
    return std::nullopt;
}

std::optional<uid_t> ownerOfPeerInTable(int accepted, const std::filesystem::path& proc) {
    const auto ends = endsOf(accepted);
    if (!ends) return std::nullopt;
    std::ifstream file(proc / (ends->family == AF_INET ? "net/tcp" : "net/tcp6"), std::ios::binary);
    const std::string table{std::istreambuf_iterator<char>(file), {}};
    return ownerInTable(table, tableText(ends->theirs, ends->family), tableText(ends->ours, ends->family));
}

std::optional<uid_t> ownerOfPeer(int accepted) {
    const auto ends = endsOf(accepted);
    if (!ends) return std::nullopt;
    if (const auto answer = askKernel(*ends); answer.isGiven) return answer.owner;
    return ownerOfPeerInTable(accepted);
}

}  // namespace signet
