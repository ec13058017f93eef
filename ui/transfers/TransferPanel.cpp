#include "ui/transfers/TransferPanel.h"

#include "transfer/TransferJob.h"
#include "transfer/TransferQueue.h"
#include "ui/transfers/TransferRow.h"
#include "ui/widgets/FittingScrollArea.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

enum Page { EmptyPage, ListPage };

// Room for three transfers; a conflict's question and the transfer above it fit into the most.
constexpr int fewestLines = 5;
constexpr int mostLines = 13;

} // namespace

TransferPanel::TransferPanel(QWidget *parent)
    : QWidget(parent)
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
    layout->addWidget(m_pages);
}

QWidget *TransferPanel::createList()
{
    auto *content = new QWidget(this);
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(0);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(0);
    contentLayout->addLayout(m_rows);
    contentLayout->addStretch();
    m_scroll = new FittingScrollArea(fewestLines, mostLines, this);
    m_scroll->setContent(content);

    m_clear = new QToolButton(this);
    m_clear->setObjectName(QStringLiteral("transferClear"));
    m_clear->setText(tr("Clear finished"));
    m_clear->setAutoRaise(true);
    connect(m_clear, &QToolButton::clicked, this, &TransferPanel::clearFinished);
    auto *footer = new QHBoxLayout;
    footer->addStretch();
    footer->addWidget(m_clear);

    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll);
    layout->addLayout(footer);
    return page;
}

void TransferPanel::setQueue(transfer::TransferQueue *queue)
{
    if (m_queue == queue) {
        return;
    }
    if (m_queue != nullptr) {
        disconnect(m_queue, nullptr, this, nullptr);
    }
    m_queue = queue;
    if (m_queue != nullptr) {
        for (transfer::TransferJob *job : m_queue->jobs()) {
            addRow(job);
        }
        connect(m_queue, &transfer::TransferQueue::jobAdded, this, &TransferPanel::addRow);
    }
}

int TransferPanel::unfinishedCount() const
{
    return static_cast<int>(std::count_if(
        m_list.begin(), m_list.end(), [](const TransferRow *row) { return !row->isFinished(); }));
}

void TransferPanel::addRow(transfer::TransferJob *job)
{
    auto *row = new TransferRow(*job, this);
    m_rows->addWidget(row);
    m_list.append(row);
    connect(row, &TransferRow::finished, this, &TransferPanel::follow);
    connect(row, &TransferRow::retryRequested, this, [this, job = QPointer(job), row] {
        if (m_queue != nullptr && job != nullptr) {
            m_queue->retry(*job, row->summary());
        }
    });
    connect(row, &TransferRow::questionRaised, this, [this, row] {
        emit attentionNeeded();
        // The question has its place only after the layout has run.
        QMetaObject::invokeMethod(
            row, [this, row] { m_scroll->ensureWidgetVisible(row); }, Qt::QueuedConnection);
    });
    follow();
}

void TransferPanel::clearFinished()
{
    for (TransferRow *row : std::as_const(m_list)) {
        if (row->isFinished()) {
            row->hide();
            row->deleteLater();
        }
    }
    m_list.removeIf([](const TransferRow *row) { return row->isFinished(); });
    if (m_queue != nullptr) {
        m_queue->removeFinished();
    }
    follow();
}

void TransferPanel::follow()
{
    m_pages->setCurrentIndex(m_list.isEmpty() ? EmptyPage : ListPage);
    const int count = unfinishedCount();
    m_clear->setEnabled(count < m_list.size());
    if (count != m_lastCount) {
        m_lastCount = count;
        emit unfinishedCountChanged(count);
    }
}

} // namespace ui
