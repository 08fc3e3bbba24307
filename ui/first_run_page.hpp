// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agreement_documents.hpp"
#include "agent/configuration.hpp"
#include "agent/login_flow.hpp"
#include "agent/tokens.hpp"
#include "agent/ui.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"

#include <QLabel>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QProgressBar;

namespace signet {

/// What the first run works with; all of it outlives it.
struct FirstRunParts {
    const Configuration& configuration;
    Tokens& tokens;
    PlatformClient& platform;
    const TrustList& trust;
    const Clock& clock;
    std::function<void(LoginRequest request, Reply<LoginResult> reply)> login;
    std::function<void(const std::string& url)> openInBrowser;
};

/// What the steps found out, for those after them.
struct FirstRunFacts {
    std::string issuer{};
    std::vector<AgreementDocument> accepted{};  ///< read and ticked
    std::optional<CertificateCard> certificate{};
};

/// One step of the first run. Thread: main.
class FirstRunPage : public QWidget {
    Q_OBJECT

public:
    FirstRunPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent);

    /// It comes into view, and goes out of it.
    virtual void enter() {}
    virtual void leave() {}
    /// Whether the way on is open.
    virtual bool isComplete() const = 0;
    virtual bool canGoBack() const { return true; }
    /// The way on and back within the page; false: it has none, and the next or the last page comes.
    virtual bool goOn() { return false; }
    virtual bool goBack() { return false; }
    /// Sets every text.
    virtual void retranslate() = 0;
    virtual QString title() const = 0;
    /// Of the button that goes on.
    virtual QString onwardText() const;
    /// Where the keyboard is when the page comes into view; nullptr: at the way on.
    virtual QWidget* firstField() const { return nullptr; }

    /// What has just been said and must be in view, also on a small screen; nullptr: nothing.
    virtual QWidget* news() const { return nullptr; }

signals:
    void changed();

protected:
    const FirstRunParts& m_parts;
    FirstRunFacts& m_facts;
};

/// Something is under way, one does not know for how long.
QProgressBar* busyBar(QWidget* parent);
/// The platform as a person knows it: its host, with the port or path where it has one.
QString platformName(const std::string& issuer);

}  // namespace signet
