#include "ui/log/LogWindow.h"

#include "base/DisplayText.h"
#include "ui/log/LogFilter.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSaveFile>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace ui {
namespace {

using logging::LogLevel;
using logging::SessionLog;

// In characters and lines of the user's font.
constexpr int usualWidth = 140;
constexpr int usualHeight = 32;

QString levelText(LogLevel level)
{
    switch (level) {
    case LogLevel::Error:
        return LogWindow::tr("Errors");
    case LogLevel::Warning:
        return LogWindow::tr("Warnings");
    case LogLevel::Info:
        return LogWindow::tr("Information");
    case LogLevel::Debug:
        return LogWindow::tr("Debugging");
    case LogLevel::Trace:
        break;
    }
    return LogWindow::tr("Everything");
}

QToolButton *createButton(const char *name, const char *icon, const QString &text)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

} // namespace

LogWindow::LogWindow(const logging::LogBook &book, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_book(book)
    , m_model(new LogModel(this))
    , m_filter(new LogFilter(*m_model, this))
{
    setObjectName(QStringLiteral("logWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Log"));
    setAccessibleName(tr("Log"));
    m_banner = new ErrorBanner(this);
    m_state = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_state->setObjectName(QStringLiteral("logState"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(createTop());
    layout->addWidget(createSearch());
    layout->addWidget(m_banner);
    layout->addWidget(createTable(), 1);
    layout->addWidget(m_state);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &LogWindow::follow);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &LogWindow::updateState);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &LogWindow::updateState);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &LogWindow::updateState);
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    fillLogs();
    show(m_book.program());
    m_search->setFocus();
}

QWidget *LogWindow::createTop()
{
    auto *top = new QWidget;
    m_choice = new QComboBox;
    m_choice->setObjectName(QStringLiteral("logChoice"));
    m_choice->setAccessibleName(tr("Log"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_level = new QComboBox;
    m_level->setObjectName(QStringLiteral("logLevel"));
    m_level->setAccessibleName(tr("How much is told and shown"));
    m_level->setToolTip(tr("More than what was told so far comes from now on; of a connection "
                           "within a second."));
    for (const LogLevel level :
         {LogLevel::Error, LogLevel::Warning, LogLevel::Info, LogLevel::Debug, LogLevel::Trace}) {
        m_level->addItem(levelText(level), static_cast<int>(level));
    }
    auto *label = new QLabel(tr("Up to:"));
    label->setBuddy(m_level);
    auto *refresh = createButton("logRefresh", "refresh", tr("Look for other logs"));
    refresh->setToolButtonStyle(Qt::ToolButtonIconOnly);
    auto *save = createButton("logSave", "download", tr("Save…"));
    connect(m_choice, &QComboBox::activated, this, &LogWindow::chooseLog);
    connect(m_level, &QComboBox::activated, this, &LogWindow::chooseLevel);
    connect(refresh, &QToolButton::clicked, this, &LogWindow::fillLogs);
    connect(save, &QToolButton::clicked, this, &LogWindow::chooseFile);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins({});
    row->addWidget(m_choice, 1);
    row->addWidget(refresh);
    row->addWidget(label);
    row->addWidget(m_level);
    row->addWidget(save);
    return top;
}

QWidget *LogWindow::createSearch()
{
    auto *bar = new QWidget;
    m_text = new QLineEdit;
    m_text->setObjectName(QStringLiteral("logFilter"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setPlaceholderText(tr("Filter: show these lines alone"));
    m_text->setClearButtonEnabled(true);
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("logSearch"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search: Enter for the next, Shift+Enter for the one before"));
    m_search->setClearButtonEnabled(true);
    connect(m_text, &QLineEdit::textChanged, m_filter, &LogFilter::setText);
    auto *next = new QAction(m_search);
    next->setShortcuts({Qt::Key_Return, Qt::Key_Enter, Qt::Key_F3});
    auto *previous = new QAction(m_search);
    previous->setShortcuts({Qt::SHIFT | Qt::Key_Return, Qt::SHIFT | Qt::Key_F3});
    for (QAction *action : {next, previous}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_search->addAction(action);
    }
    connect(next, &QAction::triggered, this, [this] { find(1); });
    connect(previous, &QAction::triggered, this, [this] { find(-1); });
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins({});
    row->addWidget(m_text, 1);
    row->addWidget(m_search, 1);
    return bar;
}

QWidget *LogWindow::createTable()
{
    m_table = new QTreeView;
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setAccessibleName(tr("Lines"));
    m_table->setModel(m_filter);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int character = m_table->fontMetrics().averageCharWidth();
    m_table->header()->resizeSection(LogModel::Time, 15 * character);
    m_table->header()->resizeSection(LogModel::Level, 10 * character);
    m_table->header()->resizeSection(LogModel::Source, 16 * character);
    auto *copyLines = new QAction(tr("Copy"), m_table);
    copyLines->setShortcut(QKeySequence::Copy);
    copyLines->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copyLines);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copyLines, &QAction::triggered, this, &LogWindow::copy);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_follows = value == m_table->verticalScrollBar()->maximum(); });
    return m_table;
}

void LogWindow::fillLogs()
{
    const QSignalBlocker blocker(m_choice);
    m_logs = m_book.logs();
    if (m_model->log() && !m_logs.contains(m_model->log())) {
        m_logs.append(m_model->log()); // one that has told nothing yet
    }
    m_choice->clear();
    for (const auto &log : std::as_const(m_logs)) {
        const QList<logging::LogLine> lines = log->linesAfter(0);
        const QString title = base::displayText(log->title());
        m_choice->addItem(lines.isEmpty() || log == m_book.program()
                              ? title
                              : tr("%1, from %2")
                                    .arg(title,
                                         QLocale().toString(lines.first().when.time(),
                                                            QStringLiteral("HH:mm:ss"))));
    }
    m_choice->setCurrentIndex(static_cast<int>(m_logs.indexOf(m_model->log())));
}

void LogWindow::show(const std::shared_ptr<SessionLog> &log, const QDateTime &when)
{
    m_model->setLog(log);
    fillLogs();
    m_level->setCurrentIndex(m_level->findData(static_cast<int>(log->level())));
    m_filter->setLevel(LogLevel::Trace);
    m_follows = true;
    follow();
    if (!when.isValid()) {
        return;
    }
    m_text->clear();
    int row = m_filter->rowCount() - 1;
    while (row > 0
           && m_model->line(m_filter->mapToSource(m_filter->index(row, 0)).row()).when > when) {
        --row;
    }
    m_table->setCurrentIndex(m_filter->index(row, 0));
    m_table->scrollTo(m_filter->index(row, 0), QAbstractItemView::PositionAtCenter);
    m_table->setFocus();
}

void LogWindow::chooseLog()
{
    const int index = m_choice->currentIndex();
    const auto log = m_logs.value(index); // a copy: show() lists them anew
    if (log != nullptr && log != m_model->log()) {
        show(log);
    }
}

// What has been told already and is more than that is hidden.
void LogWindow::chooseLevel()
{
    const auto level = static_cast<LogLevel>(m_level->currentData().toInt());
    m_model->log()->setLevel(level);
    m_filter->setLevel(level);
}

void LogWindow::find(int step)
{
    const int count = m_filter->rowCount();
    const QString text = m_search->text();
    if (count == 0 || text.isEmpty()) {
        return;
    }
    int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row()
                                                : (step > 0 ? -1 : count);
    for (int tried = 0; tried < count; ++tried) {
        row = (row + step + count) % count;
        const QModelIndex index = m_filter->index(row, 0);
        if (LogFilter::holds(m_model->line(m_filter->mapToSource(index).row()), text)) {
            m_table->setCurrentIndex(index);
            m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
            updateState();
            return;
        }
    }
    m_state->setText(tr("“%1” is in none of these lines.").arg(base::displayText(text)));
}

void LogWindow::follow()
{
    if (m_follows) {
        m_table->scrollToBottom();
    }
}

void LogWindow::updateState()
{
    const QLocale locale;
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_state->setText(
        shown == all
            ? tr("Lines: %1. Passwords and other secrets are left out.").arg(locale.toString(all))
            : tr("Lines: %1 of %2.").arg(locale.toString(shown), locale.toString(all)));
}

QString LogWindow::shownText(const QList<int> &rows) const
{
    QString text;
    for (const int row : rows) {
        text += logging::toText(m_model->line(m_filter->mapToSource(m_filter->index(row, 0)).row()))
            + u'\n';
    }
    return text;
}

void LogWindow::copy() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        rows.append(index.row());
    }
    std::ranges::sort(rows);
    QApplication::clipboard()->setText(shownText(rows));
}

void LogWindow::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("log"));
    dialog->selectFile(QStringLiteral("ponto.log"));
    connect(dialog, &QFileDialog::fileSelected, this, &LogWindow::saveTo);
    dialog->open();
}

void LogWindow::saveTo(const QString &path)
{
    m_banner->dismiss();
    QList<int> rows(m_filter->rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(shownText(rows).toUtf8());
        if (file.commit()) {
            m_state->setText(tr("Saved to %1.").arg(base::displayText(path)));
            return;
        }
    }
    m_banner->showError({.what = tr("Could not save the log as %1").arg(base::displayText(path)),
                         .why = base::displayText(file.errorString()),
                         .advice = tr("Choose another place.")});
}

void LogWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find)) {
        m_search->setFocus();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace ui
