// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/doctor_window.hpp"

#include "agent/configuration_edit.hpp"
#include "agent/doctor_gather.hpp"
#include "agent/doctor_report.hpp"
#include "base/file.hpp"
#include "ui/details_view.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QClipboard>
#include <QDate>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kSubjectColumns = 120;
constexpr std::size_t kTextColumns = 1000;
constexpr QSize kSize{872, 552};

/// A file's content may hold what a login needs, so nothing is loaded of one that is broken; what is in force
/// is what the agent began with.
Result<Configuration> configurationOf(const UiServices& services) {
    auto now =
        loadConfiguration(services.paths, services.configFile, commandLineLayer(services.configuration));
    if (!now) return now;
    return services.configuration;
}

/// -1: it is not there. The words may be of another language.
int placeOf(const Check& check, const std::vector<Check>& rows) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Check& row) {
        return row.code == check.code && row.subject == check.subject &&
               row.sentence.empty() == check.sentence.empty();
    });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

QPushButton* button(QWidget* parent) {
    auto* made = new QPushButton(parent);
    made->setAutoDefault(true);
    return made;
}

}  // namespace

DoctorWindow::DoctorWindow(const UiServices& services, DoctorPlaces places, DoctorDeadlines deadlines,
                           QWidget* parent)
    : Window(parent),
      m_services(services),
      m_places(std::move(places)),
      m_deadlines(deadlines),
      m_summary(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_table(new SearchTable(this)),
      m_details(new DetailsView(this)),
      m_notice(new Notice(this)),
      m_runButton(button(this)),
      m_copy(button(this)),
      m_save(button(this)),
      m_close(button(this)) {
    layOut();
    connect(m_table, &SearchTable::currentRowChanged, this, [this](int row) {
        m_isChosenByUser = true;
        showDetails(row);
    });
    connect(m_runButton, &QPushButton::clicked, this, [this] { isRunning() ? cancel() : run(); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(toQt(report()));
        m_notice->tell("success", [] { return tr("The report has been copied."); });
    });
    connect(m_save, &QPushButton::clicked, this, &DoctorWindow::chooseReport);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
}

DoctorWindow::~DoctorWindow() = default;

void DoctorWindow::layOut() {
    resize(kSize);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(kGrid / 2);
    // Nothing moves when it goes.
    auto policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_details->setMinimumHeight(12 * kGrid);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    for (auto* each : {m_runButton, m_copy, m_save}) buttons->addWidget(each);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_summary);
    layout->addWidget(m_progress);
    layout->addWidget(m_table, 2);
    layout->addWidget(m_details, 1);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
    recolour();
}

/// The style's own bar has a gradient.
void DoctorWindow::recolour() {
    m_progress->setStyleSheet(
        QStringLiteral("QProgressBar { background: %1; border: none; border-radius: 2px; }"
                       "QProgressBar::chunk { background: %2; border-radius: 2px; }")
            .arg(colours().line.name(), colours().accent.name()));
}

void DoctorWindow::retranslate() {
    setWindowTitle(tr("Self-check"));
    m_table->setWords(tr("Findings of the self-check"), {tr("Result"), tr("About"), tr("Finding")},
                      tr("Search the findings"), tr("Run the self-check to see what a login needs."));
    m_table->setWideColumn(2);
    m_table->setColumnLimit(1, 30 * kGrid);
    m_details->setAccessibleName(tr("What to do about the chosen finding"));
    m_copy->setText(tr("C&opy the report"));
    m_save->setText(tr("&Save the report…"));
    m_close->setText(tr("&Close"));
    // One place for two words: the buttons beside it stay where they are.
    m_runButton->setMinimumWidth(0);
    int widest = 0;
    for (const auto& text : {tr("C&ancel"), tr("&Run again")}) {
        m_runButton->setText(text);
        widest = std::max(widest, m_runButton->sizeHint().width());
    }
    m_runButton->setMinimumWidth(widest);
    fill();
}

void DoctorWindow::showEvent(QShowEvent* event) {
    Window::showEvent(event);
    if (event->spontaneous()) return;
    m_notice->clear();
    run();
    m_table->setFocus();
}

void DoctorWindow::hideEvent(QHideEvent* event) {
    if (!event->spontaneous()) cancel();
    Window::hideEvent(event);
}

void DoctorWindow::run() {
    if (isRunning()) return;
    m_isChosenByUser = false;
    m_notice->clear();
    auto facts = configurationFacts(configurationOf(m_services), m_services.paths, m_services.configFile);
    m_run = std::make_unique<DoctorRun>(std::move(facts), m_places, m_deadlines);
    m_run->start([this](DoctorStep, const std::string&, std::chrono::milliseconds) { fill(); },
                 [this] { onDone(); });
    fill();
}

void DoctorWindow::onDone() {
    end();
    fill();
    chooseFirstFault();
}

void DoctorWindow::cancel() {
    if (!isRunning()) return;
    end();
    fill();
}

void DoctorWindow::end() {
    m_facts = m_run->facts();
    m_pending = m_run->pending();
    m_run.reset();
}

void DoctorWindow::fill() {
    if (isRunning()) {
        m_facts = m_run->facts();
        m_pending = m_run->pending();
    }
    const bool hasFacts = m_facts.now != TimePoint();
    const auto sections =
        hasFacts ? checkSections(m_facts, m_pending, UiLanguage::current()) : std::vector<CheckSection>();
    auto& bar = *m_table->table().verticalScrollBar();
    const int scrolled = bar.value();
    const int row = m_isChosenByUser ? m_table->currentRow() : -1;
    const bool isChosen = row >= 0 && static_cast<std::size_t>(row) < m_rows.size();
    const auto chosen = isChosen ? m_rows[static_cast<std::size_t>(row)] : Check{};
    m_table->refill([&] {
        m_rows.clear();
        for (const auto& section : sections) {
            if (section.isPending) addPending(section);
            for (const auto& check : section.checks) addCheck(check, section.title);
        }
        if (isChosen) m_table->selectRow(placeOf(chosen, m_rows));
    });
    bar.setValue(scrolled);
    showDetails(m_table->currentRow());
    showSummary(sections);
    showButtons();
}

void DoctorWindow::addPending(const CheckSection& section) {
    Check check;
    check.finding = Finding::skipped;
    check.subject = section.title;
    m_rows.push_back(check);
    const auto title = shown(section.title, kSubjectColumns);
    if (isRunning())
        m_table->addRow({tr("… Checking"), title, {}});
    else
        m_table->addRow({tr("– Not checked"), title, tr("Cancelled before it was known.")});
}

void DoctorWindow::addCheck(const Check& check, const std::string& title) {
    const auto mark = [&] {
        switch (check.finding) {
            case Finding::fine:
                return tr("✓ Fine");
            case Finding::hint:
                return tr("! Note");
            case Finding::fault:
                return tr("✗ Fault");
            case Finding::skipped:
                return tr("– Not checked");
        }
        return QString();
    }();
    m_rows.push_back(check);
    const auto text = shown(check.sentence, kTextColumns);
    const auto subject = shown(check.subject.empty() ? title : check.subject, kSubjectColumns);
    m_table->addRow({mark, subject, text});
}

/// The cause is in front of the user who came for it.
void DoctorWindow::chooseFirstFault() {
    if (m_isChosenByUser && m_table->currentRow() >= 0) return;
    const auto find = [&](Finding finding) {
        return std::find_if(m_rows.begin(), m_rows.end(),
                            [&](const Check& check) { return check.finding == finding; });
    };
    auto found = find(Finding::fault);
    if (found == m_rows.end()) found = find(Finding::hint);
    if (found == m_rows.end()) found = m_rows.begin();
    if (found != m_rows.end()) m_table->selectRow(static_cast<int>(found - m_rows.begin()));
}

void DoctorWindow::showDetails(int row) {
    DetailsView::Rows rows;
    if (row >= 0 && static_cast<std::size_t>(row) < m_rows.size()) {
        const auto& check = m_rows[static_cast<std::size_t>(row)];
        const bool isKnown = !check.sentence.empty();
        rows = {{tr("About"), shown(check.subject, kTextColumns)},
                {tr("Finding"), shown(check.sentence, kTextColumns)},
                {tr("What to do"), shown(check.advice, kTextColumns)},
                {tr("Seen"), shown(check.seen, kTextColumns)},
                {tr("Code"), isKnown ? shown(check.name()) : QString()}};
    }
    m_details->setRows(std::move(rows));
}

void DoctorWindow::showSummary(const std::vector<CheckSection>& sections) {
    const auto count = [&](Finding finding) {
        return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                              [&](const Check& c) { return c.finding == finding; }));
    };
    const auto known = std::count_if(sections.begin(), sections.end(), [](auto& s) { return !s.isPending; });
    m_progress->setVisible(isRunning());
    m_progress->setMaximum(std::max(1, static_cast<int>(sections.size())));
    m_progress->setValue(static_cast<int>(known));
    const auto say = [this](const char* role, const QString& text) {
        setRole(*m_summary, role);
        m_summary->setText(text);
        m_summary->setAccessibleName(text);
    };
    if (isRunning())
        say("strong", tr("Checking… %1 of %2 parts are done.").arg(known).arg(sections.size()));
    else if (sections.empty())
        say("muted", tr("The self-check has not been run yet."));
    else if (m_pending.isAny())
        say("muted", tr("The self-check was cancelled."));
    else if (const int faults = count(Finding::fault); faults > 0)
        say("fault", tr("%n problems keep logins from working.", "", faults));
    else if (const int hints = count(Finding::hint); hints > 0)
        say("warning", tr("Logins can work. %n things should be looked at.", "", hints));
    else
        say("success", tr("Everything is fine. Logins can work."));
    m_progress->setAccessibleName(m_summary->text());
}

void DoctorWindow::showButtons() {
    m_runButton->setText(isRunning() ? tr("C&ancel") : tr("&Run again"));
    const bool canReport = !isRunning() && !m_rows.empty();
    m_copy->setEnabled(canReport);
    m_save->setEnabled(canReport);
}

std::string DoctorWindow::report() const {
    std::vector<Check> checks;
    const auto language = UiLanguage::current();
    for (const auto& section : checkSections(m_facts, m_pending, language))
        checks.insert(checks.end(), section.checks.begin(), section.checks.end());
    return doctorReport(reportHead(m_services.version, m_facts.now), checks, personalFacts(m_facts),
                        language);
}

void DoctorWindow::chooseReport() {
    m_notice->clear();
    const auto name = tr("Signet self-check") + QStringLiteral(" ") +
                      QDate::currentDate().toString(Qt::ISODate) + QStringLiteral(".txt");
    m_chooseFile(*this, {.title = tr("Save the report"), .name = name, .filters = {tr("Text (*.txt)")}},
                 [this](const QString& path) { startSaving(path); });
}

void DoctorWindow::startSaving(const QString& path) {
    if (!QFileInfo::exists(path)) {
        writeReport(path);
        return;
    }
    const auto name = shown(fromQt(QFileInfo(path).fileName()), 60);
    m_notice->ask([name] { return tr("%1 exists already. Replace it?").arg(name); },
                  [] { return tr("Re&place the file"); }, [] { return tr("&Keep the file"); },
                  [this, path] { writeReport(path); });
}

void DoctorWindow::writeReport(const QString& path) {
    const auto written = writeFileAtomically(QFile::encodeName(path).toStdString(), report());
    const auto name = shown(fromQt(path), 400);
    if (written)
        m_notice->tell("success", [name] { return tr("Saved as %1").arg(name); });
    else
        m_notice->tell(
            written.error(), [name] { return tr("%1 could not be written.").arg(name); },
            [] { return tr("Choose another folder, or make room on the disk."); });
}

}  // namespace signet
