// HistoryWindow: the commands that were run on many servers, with what came of each. A window of
// its own.

#pragma once

#include "commands/RunHistory.h"

#include <QWidget>

class QPushButton;
class QTreeWidget;

namespace ui {

class ErrorBanner;
class SheetHost;

class HistoryWindow final : public QWidget
{
    Q_OBJECT

public:
    // Borrowed.
    explicit HistoryWindow(commands::RunHistory &history, QWidget *parent = nullptr);

    void reload();

signals:
    void commandChosen(const QString &command); // to be run again, perhaps elsewhere

private:
    QWidget *createContent();
    QTreeWidget *createTable(const char *name, const QString &accessibleName,
                             const QStringList &columns);
    void fillRuns(const QList<commands::PastRun> &runs);
    void showHosts();
    void fillHosts(const QList<commands::PastHost> &hosts);
    void askToClear();
    void fail(const base::Error &error);
    void updateState();

    commands::RunHistory &m_history;
    SheetHost *m_host;
    ErrorBanner *m_banner = nullptr;
    QTreeWidget *m_runs = nullptr;
    QTreeWidget *m_hosts = nullptr;
    QPushButton *m_use = nullptr;
    QPushButton *m_clear = nullptr;
};

} // namespace ui
