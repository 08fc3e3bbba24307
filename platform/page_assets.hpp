// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"

namespace signet {

/// GET /assets/NAME: scripts, the stylesheet and the icon, with an ETag of their content; asked for again
/// each time, so that pages and scripts of one release go together. 304 when the browser has it. Pure.
HttpResponse assetAnswer(const HttpRequest& request);

}  // namespace signet
