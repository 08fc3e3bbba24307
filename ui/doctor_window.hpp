// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor_run.hpp"
#include "agent/doctor_sections.hpp"
#include "ui/choose_file.hpp"
#include "ui/ui_services.hpp"
#include "ui/window.hpp"

#include <memory>
#include <string>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace signet {

class DetailsView;
class Notice;
class SearchTable;

/// The self-check: a list that fills while it runs, what to do about the chosen finding, and the report for
/// the help desk. Begins whenever the window is shown; ends when it is closed. Thread: main.
class DoctorWindow : public Window {
    Q_OBJECT
    Q_DISABLE_COPY(DoctorWindow)

public:
    /// `services` outlives it.
    explicit DoctorWindow(const UiServices& services, DoctorPlaces places = {},
                          DoctorDeadlines deadlines = {}, QWidget* parent = nullptr);
    ~DoctorWindow() override;

    void run();
    /// What has not been found out stays unchecked.
    void cancel();
    bool isRunning() const { return m_run != nullptr; }
    void setFileChooser(ChooseFile choose) { m_chooseFile = std::move(choose); }

    SearchTable& table() { return *m_table; }
    DetailsView& details() { return *m_details; }
    Notice& notice() { return *m_notice; }
    QPushButton& runButton() { return *m_runButton; }
    QPushButton& copyButton() { return *m_copy; }
    QPushButton& saveButton() { return *m_save; }

protected:
    void retranslate() override;
    void recolour() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void onDone();
    void end();
    void fill();
    void addPending(const CheckSection& section);
    void addCheck(const Check& check, const std::string& title);
    void chooseFirstFault();
    void showDetails(int row);
    void showSummary(const std::vector<CheckSection>& sections);
    void showButtons();
    std::string report() const;
    void chooseReport();
    void startSaving(const QString& path);
    void writeReport(const QString& path);

    const UiServices& m_services;
    const DoctorPlaces m_places;
    const DoctorDeadlines m_deadlines;
    QLabel* m_summary;
    QProgressBar* m_progress;
    SearchTable* m_table;
    DetailsView* m_details;
    Notice* m_notice;
    QPushButton* m_runButton;
    QPushButton* m_copy;
    QPushButton* m_save;
    QPushButton* m_close;
    ChooseFile m_chooseFile = chooseFile;
    std::unique_ptr<DoctorRun> m_run;
    DoctorFacts m_facts{};
    DoctorPending m_pending{};  ///< after a cancel: what was never found out
    std::vector<Check> m_rows{};
    bool m_isChosenByUser = false;
};

}  // namespace signet
