#include "ui/archive/PastLogsWindow.h"

#include "base/DisplayText.h"
#include "ui/archive/PastLogDelegate.h"
#include "ui/archive/PastLogModel.h"
#include "ui/archive/PastLogReader.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace ui {
namespace {

using archive::LogMatch;
using archive::PastLog;
using namespace std::chrono_literals;

// In characters and lines of the user's font.
constexpr int usualWidth = 120;
constexpr int usualHeight = 34;

} // namespace

PastLogsWindow::PastLogsWindow(archive::LogArchive &logs, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_archive(logs)
    , m_model(new PastLogModel(this))
    , m_host(new SheetHost(this))
{
    setObjectName(QStringLiteral("pastLogsWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Past logs"));
    setAccessibleName(tr("Past logs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    connectParts();
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    setFocusProxy(m_text);
    updateState();
    reload();
}

QWidget *PastLogsWindow::createContent()
{
    auto *content = new QWidget;
    m_banner = new ErrorBanner;
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("pastLogsList"));
    m_list->setAccessibleName(tr("Logs and lines"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PastLogDelegate(m_list));
    m_list->setAlternatingRowColors(true);
    m_list->setUniformItemSizes(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_state = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_state->setObjectName(QStringLiteral("pastLogsState"));
    auto *layout = new QVBoxLayout(content);
    layout->addLayout(createTop());
    layout->addWidget(m_banner);
    layout->addWidget(m_list, 1);
    layout->addLayout(createButtons());
    return content;
}

QLayout *PastLogsWindow::createTop()
{
    m_text = new QLineEdit;
    m_text->setObjectName(QStringLiteral("pastLogsText"));
    m_text->setAccessibleName(tr("Search past logs"));
    m_text->setPlaceholderText(tr("Words to look for, or a phrase in quotation marks"));
    m_text->setClearButtonEnabled(true);
    m_hosts = new QComboBox;
    m_hosts->setObjectName(QStringLiteral("pastLogsHost"));
    m_hosts->setAccessibleName(tr("Host"));
    m_hosts->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_hosts->addItem(tr("All hosts"), QString());
    auto *row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_hosts);
    return row;
}

QLayout *PastLogsWindow::createButtons()
{
    m_open = new QPushButton(tr("&Open"));
    m_open->setObjectName(QStringLiteral("pastLogsOpen"));
    m_open->setToolTip(tr("Shows the log at this place"));
    m_folder = new QPushButton(tr("Show &folder"));
    m_folder->setObjectName(QStringLiteral("pastLogsFolder"));
    m_folder->setToolTip(tr("Opens the folder of the log's file"));
    m_delete = new QPushButton(tr("&Delete log…"));
    m_delete->setObjectName(QStringLiteral("pastLogsDelete"));
    auto *settings = new QPushButton(tr("&Settings…"));
    settings->setObjectName(QStringLiteral("pastLogsSettings"));
    settings->setToolTip(tr("What is logged, and how long it is kept"));
    connect(settings, &QPushButton::clicked, this, &PastLogsWindow::settingsWanted);
    auto *row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    for (QPushButton *button : {m_open, m_folder, m_delete, settings}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    return row;
}

void PastLogsWindow::connectParts()
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(150ms);
    connect(&m_settle, &QTimer::timeout, this, &PastLogsWindow::search);
    connect(m_text, &QLineEdit::textChanged, this, [this] { m_settle.start(); });
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        open(m_list->currentIndex().isValid() ? m_list->currentIndex() : m_model->index(0, 0));
    });
    connect(m_hosts, &QComboBox::activated, this, &PastLogsWindow::search);
    connect(m_list, &QListView::activated, this, &PastLogsWindow::open);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PastLogsWindow::updateState);
    connect(m_open, &QPushButton::clicked, this, [this] { open(m_list->currentIndex()); });
    connect(m_folder, &QPushButton::clicked, this, &PastLogsWindow::openFolder);
    connect(m_delete, &QPushButton::clicked, this, &PastLogsWindow::askToDelete);
}

void PastLogsWindow::reload()
{
    m_archive.logs().then(this, [this](const base::Result<QList<PastLog>> &logs) {
        if (!logs) {
            m_banner->showError(errorText(logs.error()));
            return;
        }
        m_logs = *logs;
        fillHosts();
        search();
    });
}

void PastLogsWindow::fillHosts()
{
    const QString chosen = m_hosts->currentData().toString();
    QSet<QString> hosts;
    for (const PastLog &log : std::as_const(m_logs)) {
        hosts.insert(log.host);
    }
    QStringList sorted(hosts.begin(), hosts.end());
    sorted.sort(Qt::CaseInsensitive);
    const QSignalBlocker blocker(m_hosts);
    m_hosts->clear();
    m_hosts->addItem(tr("All hosts"), QString());
    for (const QString &host : std::as_const(sorted)) {
        m_hosts->addItem(base::displayText(host), host);
    }
    m_hosts->setCurrentIndex(std::max(0, m_hosts->findData(chosen)));
}

// Without a word: the logs themselves.
void PastLogsWindow::search()
{
    m_settle.stop();
    const QString text = m_text->text();
    const archive::LogQuery query{.text = text, .host = m_hosts->currentData().toString()};
    if (query.expression().isEmpty()) {
        QList<PastLog> shown = m_logs;
        shown.removeIf(
            [&](const PastLog &log) { return !query.host.isEmpty() && log.host != query.host; });
        m_model->showLogs(shown);
        updateState();
        return;
    }
    m_archive.search(query).then(
        this, [this, text](const base::Result<QList<LogMatch>> &found) { showFound(found, text); });
}

void PastLogsWindow::showFound(const base::Result<QList<LogMatch>> &found, const QString &text)
{
    if (text != m_text->text()) {
        return; // another search is under way
    }
    if (!found) {
        m_banner->showError(errorText(found.error()));
        return;
    }
    m_banner->dismiss();
    m_model->showMatches(*found);
    m_list->setCurrentIndex(m_model->index(0, 0));
    updateState();
}

QString PastLogsWindow::emptyText() const
{
    if (m_logs.isEmpty()) {
        return tr("Nothing has been logged yet. Turn it on for all sessions under Logs in the "
                  "settings, or for one session or group where it is edited, under Terminal.");
    }
    return tr("No line of a log has all of these words.");
}

void PastLogsWindow::updateState()
{
    const PastLogModel::Row *row = m_model->row(m_list->currentIndex());
    for (QPushButton *button : {m_open, m_folder, m_delete}) {
        button->setEnabled(row != nullptr);
    }
    const int count = m_model->rowCount();
    if (count == 0) {
        m_state->setText(emptyText());
        return;
    }
    const QString number = QLocale().toString(count);
    const bool areMatches = std::holds_alternative<LogMatch>(*m_model->row(m_model->index(0, 0)));
    if (!areMatches) {
        m_state->setText(count == 1 ? tr("1 log") : tr("%1 logs").arg(number));
    } else if (count >= archive::LogQuery().mostMatches) {
        m_state->setText(tr("The newest %1 lines. More words find fewer.").arg(number));
    } else {
        m_state->setText(count == 1 ? tr("1 line") : tr("%1 lines").arg(number));
    }
}

const PastLog *PastLogsWindow::currentLog() const
{
    const PastLogModel::Row *row = m_model->row(m_list->currentIndex());
    return row == nullptr ? nullptr : &PastLogModel::logOf(*row);
}

void PastLogsWindow::open(const QModelIndex &index)
{
    const PastLogModel::Row *row = m_model->row(index);
    if (row == nullptr) {
        return;
    }
    const PastLog &log = PastLogModel::logOf(*row);
    const auto *match = std::get_if<LogMatch>(row);
    if (log.form == terminal::OutputLog::Form::Cast) {
        emit recordingWanted(log, match == nullptr ? 0ms : match->sinceBeginning);
        return;
    }
    auto *reader = new PastLogReader(log, match == nullptr ? 1 : match->line, this);
    reader->setAttribute(Qt::WA_DeleteOnClose);
    reader->show();
}

void PastLogsWindow::openFolder()
{
    if (const PastLog *log = currentLog()) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(log->path).path()));
    }
}

void PastLogsWindow::askToDelete()
{
    const PastLog *current = currentLog();
    if (current == nullptr || m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ConfirmSheet(
        tr("Delete the log %1?").arg(PastLogModel::heading(*current)),
        tr("Its file goes, and what was found in it. It cannot be brought back."), tr("Delete"),
        m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, log = *current] { remove(log); });
    m_host->present(sheet);
    sheet->setFocus();
}

void PastLogsWindow::remove(const PastLog &log)
{
    m_archive.remove(log).then(this, [this, log](const base::Result<void> &removed) {
        if (removed) {
            m_banner->dismiss();
            reload();
            return;
        }
        ErrorText text = errorText(removed.error());
        const bool isOpen = removed.error().kind == base::ErrorKind::PermissionDenied
            && removed.error().source == base::ErrorSource::None;
        if (isOpen) {
            text = {tr("Could not delete the log %1").arg(PastLogModel::heading(log)),
                    tr("A terminal is still writing it."),
                    tr("Close that terminal first."),
                    {}};
        }
        m_banner->showError(text);
    });
}

void PastLogsWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F5) {
        reload();
    } else if (event->key() == Qt::Key_Delete && m_list->hasFocus()) {
        askToDelete();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace ui
