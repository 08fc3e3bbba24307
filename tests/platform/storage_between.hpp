// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/storage.hpp"

#include <functional>
#include <memory>
#include <string>

namespace signet::test {

/// Passes everything on; before and after each of the writes of a login, and when asked whether it is ready,
/// it calls a hook, which may kill, throw or say that it fails.
class StorageBetween final : public Storage {
public:
    /// Gets "before consume", "after consume", and so with redeem and ready; false makes the call fail.
    using Hook = std::function<bool(const std::string&)>;
    StorageBetween(std::unique_ptr<Storage> inner, Hook hook)
        : m_inner(std::move(inner)), m_hook(std::move(hook)) {}

    std::function<void(const ConsumeRequest&)> onConsume{};  ///< sees each request

    Result<ConsumeOutcome> consumeLogin(const ConsumeRequest& request) override {
        if (onConsume) onConsume(request);
        return around("consume", [&] { return m_inner->consumeLogin(request); });
    }
    Result<RedeemOutcome> redeemLogin(const RedeemRequest& request) override {
        return around("redeem", [&] { return m_inner->redeemLogin(request); });
    }

    Result<RedeemPreview> previewLogin(const RedeemRequest& request) override {
        return m_inner->previewLogin(request);
    }
    Result<void> saveChallenge(const ChallengeRecord& record, TimePoint now) override {
        return m_inner->saveChallenge(record, now);
    }
    Result<std::optional<ChallengeView>> challenge(const std::string& id) override {
        return m_inner->challenge(id);
    }
    Result<void> extendHandoff(const std::string& id, TimePoint until) override {
        return m_inner->extendHandoff(id, until);
    }
    Result<std::optional<SessionView>> session(const Bytes& hash, TimePoint now) override {
        return m_inner->session(hash, now);
    }
    Result<void> endSession(const Bytes& hash, TimePoint now) override {
        return m_inner->endSession(hash, now);
    }
    Result<void> saveDocuments(const std::vector<DocumentRecord>& all, TimePoint now) override {
        return m_inner->saveDocuments(all, now);
    }
    Result<std::optional<DocumentRecord>> document(const Bytes& sha256) override {
        return m_inner->document(sha256);
    }
    Result<std::optional<CertificateRecord>> certificate(const Bytes& id) override {
        return m_inner->certificate(id);
    }
    Result<std::vector<CertificateRecord>> certificates() override { return m_inner->certificates(); }
    Result<std::vector<AccountRecord>> accounts() override { return m_inner->accounts(); }
    Result<std::vector<ConsentRecord>> consents(const std::string& id) override {
        return m_inner->consents(id);
    }
    Result<std::vector<AuditRecord>> audit() override { return m_inner->audit(); }
    Result<std::optional<Bytes>> evidence(const std::string& id) override { return m_inner->evidence(id); }
    Result<std::optional<Bytes>> proof(const Bytes& sha256) override { return m_inner->proof(sha256); }
    Result<void> recordEvent(const AuditRecord& record) override { return m_inner->recordEvent(record); }
    Result<bool> setBinding(const Bytes& id, BindingState state, TimePoint now) override {
        return m_inner->setBinding(id, state, now);
    }
    Result<bool> setAccountState(const std::string& id, AccountState state, TimePoint now) override {
        return m_inner->setAccountState(id, state, now);
    }
    Result<void> sweep(TimePoint now) override { return m_inner->sweep(now); }
    Result<void> checkReady() override {
        return around("ready", [&] { return m_inner->checkReady(); });
    }

private:
    template <class Call>
    auto around(const std::string& name, const Call& call) -> decltype(call()) {
        if (!m_hook("before " + name))
            return fail(ErrorCode::internalError, "storage: the disk is full", "storage");
        auto result = call();
        if (!m_hook("after " + name))
            return fail(ErrorCode::internalError, "storage: the disk is full", "storage");
        return result;
    }

    std::unique_ptr<Storage> m_inner;
    Hook m_hook;
};

}  // namespace signet::test
