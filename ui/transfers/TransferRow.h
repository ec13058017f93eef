// TransferRow: one transfer in the transfer panel, while it runs and when it is over.

#pragma once

#include "transfer/TransferJob.h"

#include <QPointer>
#include <QWidget>

class QPlainTextEdit;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace ui {

class ConflictSheet;
class PlainLabel;

class TransferRow final : public QWidget
{
    Q_OBJECT

public:
    // The job may end before this: then the row stays as it was left.
    explicit TransferRow(transfer::TransferJob &job, QWidget *parent = nullptr);

    bool isFinished() const { return m_isFinished; }
    const transfer::Summary &summary() const { return m_summary; } // once it is finished

signals:
    void finished(); // once
    void retryRequested(); // of what has failed, once
    void questionRaised();

private:
    void createWidgets(const transfer::TransferRequest &request);
    void createButtons();
    void createLayout(QWidget *icon);
    QToolButton *createButton(const char *objectName, const QString &iconName, const QString &text);
    void connectJob();
    void showProgress(const transfer::Progress &progress);
    void showConflict(const transfer::Conflict &conflict);
    void showInterruption();
    void showResult(const base::Result<transfer::Summary> &result);

    QPointer<transfer::TransferJob> m_job;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_status = nullptr;
    QProgressBar *m_progress = nullptr;
    QToolButton *m_cancel = nullptr;
    QToolButton *m_retry = nullptr;
    QToolButton *m_detailsButton = nullptr;
    QPlainTextEdit *m_details = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QPointer<ConflictSheet> m_conflict;
    transfer::Summary m_summary;
    bool m_isFinished = false;
};

} // namespace ui
