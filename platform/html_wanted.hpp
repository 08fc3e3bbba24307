// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"

namespace signet {

/// Whether a resource that is a text in itself is asked for as a page: an Accept field names text/html with a
/// weight over 0, as browsers do, and the query does not say raw=1. A wildcard does not ask for a page:
/// programs send it that want the text. Pure. Source: RFC 9110 section 12.5.1.
bool isHtmlWanted(const HttpRequest& request);

}  // namespace signet
