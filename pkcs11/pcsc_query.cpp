// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/pcsc_query.hpp"

#include <atomic>
#include <future>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace signet {
namespace {

using std::chrono::milliseconds;

/// For the service's answer; it takes less than a millisecond, and some hundred when systemd starts it now.
constexpr milliseconds kAnswerLimit{1000};

/// Questions whose answer nobody waits for any more.
std::atomic<int> unanswered = 0;

template <class Answer, class Question>
std::optional<Answer> answerWithin(milliseconds limit, Question question) {
    if (unanswered > 0) return std::nullopt;
    std::promise<Answer> promise;
    auto answer = promise.get_future();
    ++unanswered;
    try {
        std::thread([promise = std::move(promise), question = std::move(question)]() mutable {
            auto found = question();
            --unanswered;  // first: who has the answer may ask again
            promise.set_value(std::move(found));
        }).detach();
    } catch (const std::system_error&) {  // no more threads for this user
        --unanswered;
        return std::nullopt;
    }
    if (answer.wait_for(limit) != std::future_status::ready) return std::nullopt;
    return answer.get();
}

CardPresence askForCard(const std::string& slotDescription, milliseconds patience) {
    const auto context = PcscContext::open();
    if (!context) return CardPresence::unknown;
    const auto readers = context->readers();
    if (!readers) return CardPresence::unknown;
    const auto* reader = readerOfSlot(*readers, slotDescription);
    if (reader == nullptr) return CardPresence::unknown;
    const bool isGone = !reader->isCardPresent || context->awaitRemoval(*reader, patience);
    return isGone ? CardPresence::absent : CardPresence::present;
}

}  // namespace

Result<std::vector<CardReader>> readersNow() {
    const auto context = PcscContext::open();
    if (!context) return fail(context.error());
    return context->readers();
}

Result<std::vector<CardReader>> readersWithin(milliseconds limit) {
    auto answer = answerWithin<Result<std::vector<CardReader>>>(limit, readersNow);
    if (answer) return std::move(*answer);
    return fail(ErrorCode::tokenError, "the service does not answer", "pcsc_failed");
}

CardPresence cardPresenceNow(const std::string& slotDescription, milliseconds patience) {
    return answerWithin<CardPresence>(patience + kAnswerLimit,
                                      [=] { return askForCard(slotDescription, patience); })
        .value_or(CardPresence::unknown);
}

}  // namespace signet
