// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <future>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace signet {

/// Values that come from a source, each kept until a time; the least recently used go first when there is too
/// much. What is missing is loaded once: others that want the same meanwhile wait for it and share the
/// answer; failures are shared but not kept. One key is asked for by get or by getWithin, not by both.
/// Thread: any; the destructor waits for loads that are under way.
template <class T>
class RevocationCache {
public:
    using Value = std::shared_ptr<const T>;
    struct Loaded {
        Result<Value> value;
        TimePoint until{};      ///< kept as long as now < until
        std::size_t bytes = 0;  ///< counts against the limit
    };

    explicit RevocationCache(std::size_t maxBytes) : m_maxBytes(maxBytes) {}

    /// What is kept, or nullptr. Nobody is asked.
    Value kept(const std::string& key, TimePoint now) {
        const std::lock_guard lock(m_mutex);
        return find(key, now);
    }

    /// `load()` gives Loaded and runs on this thread, without any lock.
    template <class Load>
    Result<Value> get(const std::string& key, TimePoint now, Load load) {
        std::unique_lock lock(m_mutex);
        if (auto kept = find(key, now)) return kept;
        if (const auto running = m_running.find(key); running != m_running.end()) {
            const auto shared = running->second;
            lock.unlock();
            return shared.get();
        }
        std::promise<Result<Value>> promise;
        m_running.emplace(key, promise.get_future().share());
        lock.unlock();
        Loaded loaded = load();
        lock.lock();
        m_running.erase(key);
        if (loaded.value && now < loaded.until) keep(key, loaded);
        lock.unlock();
        promise.set_value(loaded.value);
        return loaded.value;
    }

    /// `load()` runs on a thread of its own and goes on when `patience` is over: nullopt then, also when too
    /// many loads are under way. Whatever `load` refers to outlives this cache.
    template <class Load>
    std::optional<Result<Value>> getWithin(const std::string& key, TimePoint now,
                                           std::chrono::milliseconds patience, Load load) {
        std::unique_lock lock(m_mutex);
        std::erase_if(m_running, [](const auto& entry) { return isReady(entry.second, {}); });
        if (auto kept = find(key, now)) return kept;
        auto running = m_running.find(key);
        if (running == m_running.end()) {
            if (m_running.size() >= kMaxLoads) return std::nullopt;
            auto task = [this, key, now, load = std::move(load)]() -> Result<Value> {
                const Loaded loaded = load();
                const std::lock_guard keeping(m_mutex);
                if (loaded.value && now < loaded.until) keep(key, loaded);
                return loaded.value;
            };
            auto started = startedThread(std::move(task));
            if (!started.valid()) return std::nullopt;
            running = m_running.emplace(key, std::move(started)).first;
        }
        const auto shared = running->second;
        lock.unlock();
        if (!isReady(shared, patience)) return std::nullopt;
        return shared.get();
    }

private:
    using Future = std::shared_future<Result<Value>>;
    static constexpr std::size_t kMaxLoads = 16;

    static bool isReady(const Future& future, std::chrono::milliseconds patience) {
        return future.wait_for(patience) == std::future_status::ready;
    }

    /// Not valid when the system has no thread left.
    template <class Task>
    static Future startedThread(Task task) {
        try {
            return std::async(std::launch::async, std::move(task)).share();
        } catch (const std::system_error&) {
            return {};
        }
    }

    struct Entry {
        std::string key;
        Value value;
        TimePoint until;
        std::size_t bytes;
    };

    Value find(const std::string& key, TimePoint now) {
        const auto found = m_byKey.find(key);
        if (found == m_byKey.end()) return nullptr;
        if (now >= found->second->until) {
            drop(found->second);
            return nullptr;
        }
        m_recent.splice(m_recent.begin(), m_recent, found->second);
        return found->second->value;
    }

    void keep(const std::string& key, const Loaded& loaded) {
        if (const auto old = m_byKey.find(key); old != m_byKey.end()) drop(old->second);
        m_recent.push_front({key, *loaded.value, loaded.until, loaded.bytes});
        m_byKey[key] = m_recent.begin();
        m_bytes += loaded.bytes;
        // The newest stays even where it alone is over the limit.
        while (m_bytes > m_maxBytes && m_recent.size() > 1) drop(std::prev(m_recent.end()));
    }

    void drop(typename std::list<Entry>::iterator entry) {
        m_bytes -= entry->bytes;
        m_byKey.erase(entry->key);
        m_recent.erase(entry);
    }

    const std::size_t m_maxBytes;
    std::mutex m_mutex;
    std::size_t m_bytes = 0;
    std::list<Entry> m_recent;  ///< most recently used first
    std::unordered_map<std::string, typename std::list<Entry>::iterator> m_byKey;
    /// Last, for the tasks use the others: the end of a future of std::async waits for its task.
    std::unordered_map<std::string, Future> m_running;
};

}  // namespace signet
