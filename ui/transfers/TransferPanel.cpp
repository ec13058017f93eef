#include "ui/transfers/TransferPanel.h"

#include "transfer/TransferSchedule.h"
#include "ui/transfers/ConflictSheet.h"
#include "ui/transfers/TransferControls.h"
#include "ui/transfers/TransferList.h"
#include "ui/transfers/TransferRow.h"
#include "ui/transfers/TransferText.h"
#include "ui/widgets/FittingScrollArea.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

enum Page { EmptyPage, ListPage };

// Room for three transfers; a conflict's question and the transfer above it fit into the most.
constexpr int fewestLines = 5;
constexpr int mostLines = 13;

// What has failed stays with its reason, until it is looked at and taken away by itself.
bool mayBeCleared(const TransferRow &row)
{
    return row.isFinished() && !row.isFailed();
}

QString countedText(const QString &text, qsizetype count)
{
    return count == 0 ? text : TransferPanel::tr("%1 (%2)").arg(text, QLocale().toString(count));
}

} // namespace

TransferPanel::TransferPanel(QWidget *parent)
    : QWidget(parent)
    , m_controls(new TransferControls(this))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("transferPanel"));
    setAccessibleName(tr("Transfers"));
    auto *empty = new PlainLabel(tr("Drag files between the panes or from your file manager"),
                                 PlainLabel::Role::Subtle, this);
    empty->setObjectName(QStringLiteral("transferEmpty"));
    empty->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(empty);
    m_pages->addWidget(createList());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_controls); // what it sets holds for transfers to come as well
    layout->addWidget(m_pages);
}

QWidget *TransferPanel::createList()
{
    m_list = new TransferList(this);
    m_scroll = new FittingScrollArea(fewestLines, mostLines, this);
    m_scroll->setContent(m_list);
    const QScrollBar *bar = m_scroll->verticalScrollBar();
    connect(bar, &QScrollBar::actionTriggered, this, // by the user alone
            [this, bar] { m_isReading = bar->sliderPosition() < bar->maximum(); });
    connect(m_list, &TransferList::dropped, this, [this](const TransferRow *row, int index) {
        transfer::TransferJob *job = row->job();
        if (m_schedule != nullptr && job != nullptr) {
            m_schedule->moveTo(*job, index);
        }
    });

    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll);
    layout->addWidget(createFooter());
    return page;
}

QWidget *TransferPanel::createFooter()
{
    m_filter = new QTabBar(this);
    m_filter->setObjectName(QStringLiteral("transferFilter"));
    m_filter->setAccessibleName(tr("Which transfers are shown"));
    m_filter->setShape(QTabBar::RoundedSouth);
    m_filter->setDrawBase(false);
    m_filter->setUsesScrollButtons(false); // there is room, but counts come later
    for (int index = 0; index <= static_cast<int>(Filter::Finished); ++index) {
        m_filter->addTab(QString());
    }
    connect(m_filter, &QTabBar::currentChanged, this, &TransferPanel::follow);
    m_clear = new QToolButton(this);
    m_clear->setObjectName(QStringLiteral("transferClear"));
    m_clear->setText(tr("Clear finished"));
    m_clear->setToolTip(tr("Take all that have ended off the list, but for those that failed"));
    m_clear->setAutoRaise(true);
    connect(m_clear, &QToolButton::clicked, this, &TransferPanel::clearFinished);
    auto *footer = new QWidget(this);
    auto *layout = new QHBoxLayout(footer);
    layout->setContentsMargins({});
    layout->addWidget(m_filter);
    layout->addStretch();
    layout->addWidget(m_clear);
    return footer;
}

void TransferPanel::grow()
{
    m_scroll->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TransferPanel::setSchedule(transfer::TransferSchedule *schedule)
{
    using transfer::TransferSchedule;
    m_schedule = schedule;
    m_controls->setSchedule(schedule);
    if (m_schedule == nullptr) {
        return;
    }
    for (transfer::TransferJob *job : m_schedule->jobs()) {
        addRow(job);
    }
    connect(m_schedule, &TransferSchedule::jobAdded, this, &TransferPanel::addRow);
    connect(m_schedule, &TransferSchedule::jobAboutToBeRemoved, this, &TransferPanel::dropRow);
    connect(m_schedule, &TransferSchedule::orderChanged, this, &TransferPanel::followOrder);
    connect(m_schedule, &TransferSchedule::stateChanged, this, &TransferPanel::follow);
    follow();
}

int TransferPanel::unfinishedCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_list->rows(), [](const TransferRow *row) { return !row->isFinished(); }));
}

int TransferPanel::failedCount() const
{
    return static_cast<int>(std::ranges::count_if(m_list->rows(), &TransferRow::isFailed));
}

void TransferPanel::addRow(transfer::TransferJob *job)
{
    auto *row = new TransferRow(*job, this);
    row->setServer(serversText(job->request(), m_schedule->serverOf(*job).title));
    m_list->append(row);
    connectRow(row, job);
    follow();
    if (!isInUse()) {
        bringIntoView(*row);
    }
}

// What the user looks at, or is about to answer or to press, stays in its place.
bool TransferPanel::isInUse() const
{
    return m_isReading || m_list->isAncestorOf(QApplication::focusWidget())
        || std::ranges::any_of(m_list->rows(), &TransferRow::hasQuestion);
}

void TransferPanel::connectRow(TransferRow *row, transfer::TransferJob *job)
{
    connect(row, &TransferRow::finished, this, &TransferPanel::follow);
    connect(row, &TransferRow::retryRequested, this,
            [this, job = QPointer(job)](std::optional<transfer::LinkChoice> links) {
                if (m_schedule != nullptr && job != nullptr) {
                    retry(*job, links);
                }
            });
    connect(row, &TransferRow::removeRequested, this, [this, row] { removeRow(row); });
    connect(row, &TransferRow::connectRequested, this, [this, job = QPointer(job)] {
        if (m_schedule != nullptr && job != nullptr) {
            m_schedule->requestConnection(*job);
        }
    });
    connect(row, &TransferRow::moveRequested, this, [this, row, job = QPointer(job)](int rows) {
        if (m_schedule != nullptr && job != nullptr) {
            m_schedule->moveTo(*job, m_schedule->jobs().indexOf(job) + rows);
            row->setFocus();
            bringIntoView(*row);
        }
    });
    connect(row, &TransferRow::questionRaised, this, [this, row] { offerQuestion(*row); });
    connect(row, &TransferRow::questionAnswered, this, &TransferPanel::goToQuestion);
}

// In the place of what has failed, of which nothing else is left to do.
void TransferPanel::retry(transfer::TransferJob &job, std::optional<transfer::LinkChoice> links)
{
    const qsizetype place = m_schedule->jobs().indexOf(&job);
    if (transfer::TransferJob *again = m_schedule->retry(job, links)) {
        m_schedule->moveTo(*again, place);
        m_schedule->remove(job);
        const auto &rows = m_list->rows();
        const auto row = std::ranges::find(rows, again, &TransferRow::job);
        if (row != rows.end()) {
            (*row)->setFocus();
        }
    }
}

// Whoever works elsewhere, types, or is at another question, is not to press a button of a new one:
// the next key would answer it. What has the focus in a window that is not active counts as well,
// because people come back.
bool TransferPanel::hasFocusToGive() const
{
    const QWidget *focus = window()->focusWidget();
    if (focus == nullptr) {
        return true;
    }
    const bool isTyping = focus->testAttribute(Qt::WA_InputMethodEnabled);
    const QWidget *widget = focus;
    while (widget != nullptr && qobject_cast<const ConflictSheet *>(widget) == nullptr) {
        widget = widget->parentWidget();
    }
    return isAncestorOf(focus) && !isTyping && widget == nullptr;
}

void TransferPanel::offerQuestion(TransferRow &row)
{
    const bool givesFocus = hasFocusToGive();
    emit attentionNeeded();
    if (givesFocus && isVisible()) {
        row.focusQuestion();
    }
    const auto &rows = m_list->rows();
    if (std::ranges::count_if(rows, &TransferRow::hasQuestion) == 1) { // else one is read
        bringIntoView(row);
    }
}

void TransferPanel::takeFocus()
{
    const auto &rows = m_list->rows();
    const auto shown
        = std::ranges::find_if(rows, [this](const TransferRow *row) { return isShown(*row); });
    if (std::ranges::any_of(rows, &TransferRow::hasQuestion)) {
        goToQuestion();
    } else if (shown != rows.end()) {
        (*shown)->setFocus(Qt::ShortcutFocusReason);
        bringIntoView(**shown);
    } else {
        m_controls->setFocus(Qt::ShortcutFocusReason);
    }
}

// Of those that are open, the first one.
void TransferPanel::goToQuestion()
{
    const auto &rows = m_list->rows();
    const auto found = std::ranges::find_if(rows, &TransferRow::hasQuestion);
    if (found != rows.end()) {
        (*found)->focusQuestion();
        bringIntoView(**found);
    }
}

// A question has its place only after the layout has run.
void TransferPanel::bringIntoView(TransferRow &row)
{
    QMetaObject::invokeMethod(
        &row, [this, row = &row] { m_scroll->ensureWidgetVisible(row); }, Qt::QueuedConnection);
}

// What is cancelled stays in the list, so that its end is seen.
void TransferPanel::removeRow(TransferRow *row)
{
    transfer::TransferJob *job = row->job();
    if (job == nullptr || m_schedule == nullptr) {
        m_list->remove(row);
        follow();
    } else if (row->isFinished()) {
        m_schedule->remove(*job);
    } else {
        job->cancel();
    }
}

void TransferPanel::dropRow(const transfer::TransferJob *job)
{
    const QList<TransferRow *> rows = m_list->rows();
    const auto found = std::ranges::find(rows, job, &TransferRow::job);
    if (found != rows.end()) {
        m_list->remove(*found);
        follow();
    }
}

void TransferPanel::followOrder()
{
    const QList<transfer::TransferJob *> jobs = m_schedule->jobs();
    QList<TransferRow *> rows = m_list->rows();
    std::ranges::stable_sort(rows, {}, [&jobs](const TransferRow *row) {
        return std::distance(jobs.begin(), std::ranges::find(jobs, row->job()));
    });
    m_list->setOrder(rows);
}

void TransferPanel::clearFinished()
{
    const QList<TransferRow *> rows = m_list->rows();
    for (TransferRow *row : rows) {
        if (mayBeCleared(*row)) {
            removeRow(row);
        }
    }
}

bool TransferPanel::isShown(const TransferRow &row) const
{
    switch (static_cast<Filter>(m_filter->currentIndex())) {
    case Filter::Unfinished:
        return !row.isFinished();
    case Filter::Failed:
        return row.isFailed();
    case Filter::Finished:
        return row.isFinished() && !row.isFailed();
    case Filter::All:
        break;
    }
    return true;
}

void TransferPanel::showCounts()
{
    const QList<TransferRow *> &rows = m_list->rows();
    const int failed = failedCount();
    const int unfinished = unfinishedCount();
    const auto text = [this](Filter filter, const QString &words) {
        m_filter->setTabText(static_cast<int>(filter), words);
    };
    text(Filter::All, countedText(tr("All"), rows.size()));
    text(Filter::Unfinished, countedText(tr("Queue"), unfinished));
    text(Filter::Failed, countedText(tr("Failed"), failed));
    text(Filter::Finished, countedText(tr("Finished"), rows.size() - failed - unfinished));
    m_filter->updateGeometry(); // which it does by itself only where it is seen
}

void TransferPanel::follow()
{
    const QList<TransferRow *> &rows = m_list->rows();
    for (TransferRow *row : rows) {
        row->setVisible(isShown(*row));
        if (m_schedule != nullptr && row->job() != nullptr) {
            row->setConnected(m_schedule->isConnected(*row->job()));
        }
    }
    showCounts();
    m_pages->setCurrentIndex(rows.isEmpty() ? EmptyPage : ListPage);
    const int count = unfinishedCount();
    m_clear->setEnabled(
        std::ranges::any_of(rows, [](const TransferRow *row) { return mayBeCleared(*row); }));
    if (const int failed = failedCount(); failed != std::exchange(m_lastFailed, failed)) {
        emit failedCountChanged(failed);
    }
    if (count != std::exchange(m_lastCount, count)) {
        emit unfinishedCountChanged(count);
    }
}

} // namespace ui
