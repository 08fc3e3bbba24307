// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace signet {
namespace {

constexpr std::int64_t kLargest = (std::int64_t{1} << 53) - 1;

/// Builds the tree while it checks what nlohmann's own parser lets pass. The first fault stops the parser.
class StrictBuilder final : public nlohmann::json_sax<Json> {
public:
    explicit StrictBuilder(const JsonLimits& limits) : m_limits(limits) {}

    Json take() { return std::move(m_root); }
    const char* fault() const { return m_fault; }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override {
        return value < -kLargest ? stop("number_range") : put(value);
    }
    bool number_unsigned(number_unsigned_t value) override {
        return value > static_cast<std::uint64_t>(kLargest) ? stop("number_range") : put(value);
    }
    bool number_float(number_float_t, const string_t&) override { return stop("number_not_integer"); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return stop("syntax"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        if (m_open.back()->contains(name)) return stop("duplicate_key");
        m_key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return stop("syntax");
    }

private:
    bool stop(const char* fault) {
        if (m_fault == nullptr) m_fault = fault;
        return false;
    }
    Json* place(Json&& value) {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Json& parent = *m_open.back();
        if (parent.is_object()) return &(parent[m_key] = std::move(value));
        parent.push_back(std::move(value));
        return &parent.back();
    }
    bool put(Json&& value) {
        if (++m_nodes > m_limits.maxNodes) return stop("too_many_values");
        place(std::move(value));
        return true;
    }
    bool open(Json&& container) {
        if (m_open.size() >= m_limits.maxDepth) return stop("too_deep");
        if (++m_nodes > m_limits.maxNodes) return stop("too_many_values");
        m_open.push_back(place(std::move(container)));
        return true;
    }
    bool close() {
        m_open.pop_back();
        return true;
    }

    JsonLimits m_limits;
    Json m_root;
    std::vector<Json*> m_open;  ///< a parent does not grow while its last child is open, so these stay valid
    std::string m_key;
    std::size_t m_nodes = 0;
    const char* m_fault = nullptr;
};

/// UTF-16 order of UTF-8 texts (RFC 8785 section 3.2.3). It differs from byte order only where one side is
/// above U+FFFF (lead byte F0 and up, a surrogate pair D800…) and the other is U+E000 to U+FFFF (lead byte EE
/// or EF).
bool utf16Less(const std::string& a, const std::string& b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
    const auto rank = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xF0) return 0xED * 4 + 1;  // between U+D7FF and U+E000
        return byte * 4;
    };
    const int left = rank(*x);
    const int right = rank(*y);
    if (left != right) return left < right;
    return static_cast<unsigned char>(*x) < static_cast<unsigned char>(*y);
}

/// A text of our own that is not UTF-8 gets U+FFFD in its place instead of an exception.
std::string scalarText(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void write(const Json& value, std::string& out);

void writeObject(const Json& object, std::string& out) {
    std::vector<Json::const_iterator> members;
    for (auto it = object.begin(); it != object.end(); ++it) members.push_back(it);
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return utf16Less(a.key(), b.key()); });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i != 0) out += ',';
        out += scalarText(members[i].key());
        out += ':';
        write(members[i].value(), out);
    }
    out += '}';
}

void writeArray(const Json& array, std::string& out) {
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i != 0) out += ',';
        write(array[i], out);
    }
    out += ']';
}

void write(const Json& value, std::string& out) {
    if (value.is_object()) {
        writeObject(value, out);
    } else if (value.is_array()) {
        writeArray(value, out);
    } else {
        out += scalarText(value);
    }
}

}  // namespace

Result<Json> parseStrictJson(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.maxBytes) return fail(ErrorCode::badRequest, "JSON text too long", "too_long");
    if (text.starts_with("\xEF\xBB\xBF"))
        return fail(ErrorCode::badRequest, "JSON text with BOM", "byte_order_mark");
    // The lexer takes NUL for the end of the text and would not see what follows it.
    if (text.find('\0') != std::string_view::npos)
        return fail(ErrorCode::badRequest, "JSON text with NUL", "syntax");
    StrictBuilder builder(limits);
    const bool isRead = Json::sax_parse(text.begin(), text.end(), &builder);
    if (!isRead || builder.fault() != nullptr) {
        const char* fault = builder.fault() != nullptr ? builder.fault() : "syntax";
        return fail(ErrorCode::badRequest, std::string("JSON not accepted: ") + fault, fault);
    }
    return builder.take();
}

std::string canonicalJson(const Json& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace signet
