// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_assets.hpp"

#include "base/encoding.hpp"
#include "platform/page_files.hpp"
#include "platform/vault.hpp"

#include <array>
#include <map>

namespace signet {
namespace {

struct Asset {
    std::string_view type;
    std::string_view content;
    std::string tag;
};

using Assets = std::map<std::string_view, Asset>;

/// Empty for what is no asset: templates and words stay here.
std::string_view typeOf(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTypes{
        {{".css", "text/css; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".svg", "image/svg+xml"}}};
    for (const auto& [suffix, type] : kTypes)
        if (name.ends_with(suffix)) return type;
    return {};
}

const Assets& assets() {
    static const Assets kAssets = [] {
        Assets all;
        for (const auto& file : pageFiles())
            if (const auto type = typeOf(file.name); !type.empty())
                all[file.name] = {type, file.content, "\"" + toBase64Url(digestOf(file.content)) + "\""};
        return all;
    }();
    return kAssets;
}

/// If-None-Match is a list, and caches may weaken the tags in it.
bool holdsTag(std::string_view list, std::string_view tag) {
    return list == "*" || list.find(tag) != std::string_view::npos;
}

}  // namespace

HttpResponse assetAnswer(const HttpRequest& request) {
    const auto name = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    const auto found = assets().find(name);
    if (found == assets().end()) return problem(ErrorCode::badRequest, "no such asset", 404);
    const auto& asset = found->second;
    HttpResponse response{200, {{"Content-Type", std::string(asset.type)}}};
    response.fields.emplace_back("ETag", asset.tag);
    response.fields.emplace_back("Cache-Control", "no-cache");
    if (holdsTag(request.field("if-none-match").value_or(""), asset.tag))
        response.status = 304;
    else
        response.body = asset.content;
    return response;
}

}  // namespace signet
