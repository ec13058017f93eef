// TransferPanel: what is being copied between this computer and a server, and what was. One in the
// bottom panel of a session tab.

#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace transfer {
class TransferJob;
class TransferQueue;
} // namespace transfer

namespace ui {

class FittingScrollArea;
class TransferRow;

class TransferPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferPanel(QWidget *parent = nullptr);

    // The queue to show from now on, or null. What the last one left stays visible as finished.
    void setQueue(transfer::TransferQueue *queue);

    int unfinishedCount() const;

signals:
    void unfinishedCountChanged(int count); // for the title of the panel's tab: "Transfers (2)"
    void attentionNeeded(); // a question is open: show this panel

private:
    QWidget *createList();
    void addRow(transfer::TransferJob *job);
    void clearFinished();
    void follow();

    QPointer<transfer::TransferQueue> m_queue;
    QStackedWidget *m_pages;
    FittingScrollArea *m_scroll = nullptr;
    QToolButton *m_clear = nullptr;
    QVBoxLayout *m_rows = nullptr;
    QList<TransferRow *> m_list; // in the order of arrival
    int m_lastCount = 0;
};

} // namespace ui
