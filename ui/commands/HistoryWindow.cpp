#include "ui/commands/HistoryWindow.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

// In characters and lines of the user's font.
constexpr int usualWidth = 140;
constexpr int usualHeight = 28;

enum RunColumn { BegunColumn, CommandColumn, SucceededColumn, FailedColumn, TimeColumn };
constexpr int idRole = Qt::UserRole;
constexpr int commandRole = Qt::UserRole + 1;

QString endText(const QString &end)
{
    if (end == QStringLiteral("done")) {
        return HistoryWindow::tr("Ended");
    }
    if (end == QStringLiteral("out of time")) {
        return HistoryWindow::tr("Out of time");
    }
    if (end == QStringLiteral("interrupted")) {
        return HistoryWindow::tr("Interrupted");
    }
    return end == QStringLiteral("not begun") ? HistoryWindow::tr("Not begun")
                                              : HistoryWindow::tr("No connection");
}

} // namespace

HistoryWindow::HistoryWindow(commands::RunHistory &history, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_history(history)
    , m_host(new SheetHost(this))
{
    setObjectName(QStringLiteral("historyWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Runs on many servers"));
    setAccessibleName(tr("Runs on many servers"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    m_runs->setFocus();
    updateState();
    reload();
}

QTreeWidget *HistoryWindow::createTable(const char *name, const QString &accessibleName,
                                        const QStringList &columns)
{
    auto *table = new QTreeWidget;
    table->setObjectName(QString::fromLatin1(name));
    table->setAccessibleName(accessibleName);
    table->setHeaderLabels(columns);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAllColumnsShowFocus(true);
    return table;
}

QWidget *HistoryWindow::createContent()
{
    auto *content = new QWidget;
    m_banner = new ErrorBanner;
    m_runs = createTable("historyRuns", tr("Runs"),
                         {tr("When"), tr("Command"), tr("Succeeded"), tr("Failed"), tr("Took")});
    const int character = fontMetrics().averageCharWidth();
    m_runs->header()->resizeSection(BegunColumn, 30 * character);
    m_runs->header()->resizeSection(CommandColumn, 56 * character);
    m_hosts
        = createTable("historyHosts", tr("Servers"), {tr("Server"), tr("End"), tr("Exit status")});
    m_hosts->header()->resizeSection(0, 40 * character);
    m_use = new QPushButton(tr("Use this command again"));
    m_use->setObjectName(QStringLiteral("historyUse"));
    m_clear = new QPushButton(tr("Delete all"));
    m_clear->setObjectName(QStringLiteral("historyClear"));
    connect(m_runs, &QTreeWidget::currentItemChanged, this, &HistoryWindow::showHosts);
    connect(m_use, &QPushButton::clicked, this,
            [this] { emit commandChosen(m_runs->currentItem()->data(0, commandRole).toString()); });
    connect(m_clear, &QPushButton::clicked, this, &HistoryWindow::askToClear);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_runs);
    splitter->addWidget(m_hosts);
    splitter->setChildrenCollapsible(false);
    auto *row = new QHBoxLayout;
    row->addWidget(
        new PlainLabel(tr("What the servers wrote is not kept."), PlainLabel::Role::Subtle), 1);
    row->addWidget(m_use);
    row->addWidget(m_clear);
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_banner);
    layout->addWidget(splitter, 1);
    layout->addLayout(row);
    return content;
}

void HistoryWindow::reload()
{
    m_history.runs().then(this, [this](const base::Result<QList<commands::PastRun>> &runs) {
        if (runs) {
            fillRuns(*runs);
        } else {
            fail(runs.error());
        }
    });
}

void HistoryWindow::fillRuns(const QList<commands::PastRun> &runs)
{
    const QLocale locale;
    m_runs->clear();
    for (const commands::PastRun &run : runs) {
        auto *item = new QTreeWidgetItem(m_runs);
        item->setText(BegunColumn, locale.toString(run.begun, QLocale::ShortFormat));
        item->setText(CommandColumn, base::displayText(run.command));
        item->setText(SucceededColumn, locale.toString(run.succeeded));
        item->setText(FailedColumn, locale.toString(run.failed));
        item->setText(TimeColumn, tr("%1 s").arg(locale.toString(run.seconds)));
        item->setData(0, idRole, run.id);
        item->setData(0, commandRole, run.command);
    }
    m_runs->setCurrentItem(m_runs->topLevelItem(0));
    updateState();
}

void HistoryWindow::showHosts()
{
    m_hosts->clear();
    updateState();
    const QTreeWidgetItem *item = m_runs->currentItem();
    if (item == nullptr) {
        return;
    }
    const qint64 id = item->data(0, idRole).toLongLong();
    m_history.hosts(id).then(
        this, [this, id](const base::Result<QList<commands::PastHost>> &hosts) {
            const QTreeWidgetItem *now = m_runs->currentItem();
            if (!hosts) {
                fail(hosts.error());
            } else if (now != nullptr && now->data(0, idRole).toLongLong() == id) {
                fillHosts(*hosts);
            }
        });
}

void HistoryWindow::fillHosts(const QList<commands::PastHost> &hosts)
{
    m_hosts->clear();
    for (const commands::PastHost &host : hosts) {
        auto *item = new QTreeWidgetItem(m_hosts);
        item->setText(0, base::displayText(host.name));
        item->setText(1, endText(host.end));
        item->setText(2, host.exitStatus ? QString::number(*host.exitStatus) : QString());
    }
}

void HistoryWindow::updateState()
{
    m_use->setEnabled(m_runs->currentItem() != nullptr);
    m_clear->setEnabled(m_runs->topLevelItemCount() > 0);
}

void HistoryWindow::askToClear()
{
    if (m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ConfirmSheet(tr("Delete the list of all runs?"),
                                   tr("It cannot be brought back."), tr("Delete"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_history.clear().then(this, [this](const base::Result<void> &cleared) {
            if (cleared) {
                reload();
            } else {
                fail(cleared.error());
            }
        });
    });
    m_host->present(sheet);
    sheet->setFocus();
}

void HistoryWindow::fail(const base::Error &error)
{
    m_banner->showError(errorText(error));
}

} // namespace ui
