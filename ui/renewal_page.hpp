// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_install_job.hpp"
#include "agent/certificate_request_job.hpp"
#include "agent/token_rows.hpp"
#include "ui/choose_file.hpp"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace signet {

class FaultNote;
class WindowAsker;

/// The page on which a certificate request is made, or the issuer's answer is written to the token: what will
/// happen, the file, the questions of the job, and how it ended. Thread: main.
class RenewalPage : public QWidget {
    Q_OBJECT
    Q_DISABLE_COPY(RenewalPage)

public:
    /// All of it outlives the page.
    struct Ports {
        Tokens& tokens;
        const TrustList& trust;
        const Clock& clock;
        bool usePinPad = true;
        ChooseFile chooseFile{};  ///< empty: the desktop's
    };
    explicit RenewalPage(Ports ports, QWidget* parent = nullptr);
    ~RenewalPage() override;

    /// A request for the certificate of this line.
    void startRequest(const TokenRow& row);
    /// The answer of an issuer for the token of this line.
    void startInstall(const TokenRow& row);
    /// Ends what runs.
    void stop();

signals:
    /// The user has done with it.
    void ended();
    /// A token may have changed.
    void tried();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Task { request, install };
    enum class Stage { form, asking, working, failed, done };

    void build();
    void buildForm();
    void retranslate();
    void showTexts();
    void showForm();
    void showButtons();
    QString messageText() const;
    void begin(Task task, const TokenRow& row);
    void enter(Stage stage);
    void onPrimary();
    void onBack();
    void onAsker();
    void askForFile();
    void run();
    RenewalPorts jobPorts();
    void onRequested(const Result<CertificateRequestMade>& made);
    void onInstalled(const Result<CertificateInstalled>& installed);
    void onFailed(const Error& error);
    std::optional<NewKeyKind> newKey() const;

    Ports m_ports;
    Task m_task = Task::request;
    Stage m_stage = Stage::form;
    TokenRow m_row{};
    bool m_wasStopped = false;
    bool m_isWorthRetry = false;
    std::filesystem::path m_file{};
    std::optional<CertificateInstalled> m_installed{};
    std::unique_ptr<CertificateRequestJob> m_request;
    std::unique_ptr<CertificateInstallJob> m_install;

    QLabel* m_title;
    QLabel* m_subject;
    QLabel* m_message;
    QLabel* m_path;
    QWidget* m_form;
    QRadioButton* m_oldKey;
    QRadioButton* m_newKey;
    QComboBox* m_kind;
    WindowAsker* m_asker;
    QProgressBar* m_progress;
    FaultNote* m_fault;
    QPushButton* m_back;
    QPushButton* m_primary;
};

}  // namespace signet
