// TransferRow: one transfer in the transfer panel, while it runs and when it is over. Keys: Space
// pauses and resumes, Delete cancels or removes, Alt with an arrow moves it up or down.

#pragma once

#include "transfer/TransferJob.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QLabel;
class QMenu;
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

    // What cannot be told by the job alone.
    void setServer(const QString &title);
    void setConnected(bool isConnected);

    transfer::TransferJob *job() const { return m_job; } // null once it is gone
    bool isFinished() const { return m_isFinished; }
    bool isFailed() const { return m_isFailed; } // it has ended, and not as it should
    const transfer::Summary &summary() const { return m_summary; } // once it is finished

    bool hasQuestion() const; // that is open
    void focusQuestion();

signals:
    void finished(); // once
    void retryRequested(std::optional<transfer::LinkChoice> links); // of what has failed, once
    void questionRaised(); // it does not take the focus by itself
    void questionAnswered(); // by the keyboard or the mouse in this row
    void removeRequested(); // it is cancelled first, if it has not ended
    void moveRequested(int rows); // 1: behind the next one, -1: before the one before
    void connectRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override; // the mark of the focus

private:
    void togglePause();
    void showState();
    void fillMenu(QMenu &menu);
    void createWidgets(const transfer::TransferRequest &request);
    void createButtons();
    void createRetryButtons();
    void createLayout(QWidget *icon);
    QToolButton *createButton(const char *objectName, const QString &iconName, const QString &text);
    void connectJob();
    void showProgress(const transfer::Progress &progress);
    void showCurrentFile(const transfer::Progress &progress);
    void showConflict(const transfer::Conflict &conflict);
    void closeQuestion();
    void showInterruption();
    void showFailure(const QString &text);
    void showResult(const base::Result<transfer::Summary> &result);

    QPointer<transfer::TransferJob> m_job;
    PlainLabel *m_title = nullptr;
    QLabel *m_status = nullptr;
    PlainLabel *m_current = nullptr; // the file that moves, of several
    QProgressBar *m_progress = nullptr;
    QToolButton *m_cancel = nullptr; // or, once it has ended, takes it off the list
    QToolButton *m_pause = nullptr;
    QToolButton *m_connect = nullptr;
    PlainLabel *m_server = nullptr;
    QToolButton *m_retry = nullptr;
    QToolButton *m_follow = nullptr; // copies what links lead to that lead out of what is copied
    QToolButton *m_detailsButton = nullptr;
    QPlainTextEdit *m_details = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QPointer<ConflictSheet> m_conflict;
    transfer::Summary m_summary;
    bool m_isFinished = false;
    bool m_isFailed = false;
    bool m_isConnected = true;
};

} // namespace ui
