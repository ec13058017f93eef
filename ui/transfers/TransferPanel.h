// TransferPanel: what is being copied between this computer and all servers, and what was. In the
// bottom panel of a session tab, and in a window of its own.

#pragma once

#include "transfer/TransferRequest.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace transfer {
class TransferJob;
class TransferSchedule;
} // namespace transfer

namespace ui {

class FittingScrollArea;
class TransferControls;
class TransferList;
class TransferRow;

class TransferPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferPanel(QWidget *parent = nullptr);

    // Takes all the height that there is, in a window of its own.
    void grow();

    // Once. It may end before this: what it left stays visible as finished.
    void setSchedule(transfer::TransferSchedule *schedule);

    // Where the keyboard goes on: an open question, else the first transfer, else what rules them.
    void takeFocus();

    int unfinishedCount() const;
    int failedCount() const;

signals:
    // For the title of the panel's tab: "Transfers (2, 1 failed)".
    void unfinishedCountChanged(int count);
    void failedCountChanged(int count);
    void attentionNeeded(); // a question is open: show this panel

private:
    enum class Filter { All, Unfinished, Failed, Finished };

    QWidget *createList();
    QWidget *createFooter();
    void addRow(transfer::TransferJob *job);
    void connectRow(TransferRow *row, transfer::TransferJob *job);
    void dropRow(const transfer::TransferJob *job);
    void followOrder();
    void removeRow(TransferRow *row);
    void retry(transfer::TransferJob &job, std::optional<transfer::LinkChoice> links);
    bool isInUse() const;
    bool hasFocusToGive() const;
    void offerQuestion(TransferRow &row);
    void goToQuestion();
    void bringIntoView(TransferRow &row);
    void clearFinished();
    void follow();
    void showCounts();
    bool isShown(const TransferRow &row) const;

    QPointer<transfer::TransferSchedule> m_schedule;
    TransferControls *m_controls;
    QStackedWidget *m_pages;
    QTabBar *m_filter = nullptr;
    FittingScrollArea *m_scroll = nullptr;
    QToolButton *m_clear = nullptr;
    TransferList *m_list = nullptr;
    int m_lastCount = 0; // as was told last
    int m_lastFailed = 0;
    bool m_isReading = false; // the user has scrolled away from the end
};

} // namespace ui
