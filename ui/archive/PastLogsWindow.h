// PastLogsWindow: the logs of terminals that Ponto has kept, and a search over all of them, at
// whose finds one can look in their place. A window of its own.

#pragma once

#include "archive/LogArchive.h"
#include "archive/PastLog.h"
#include "base/Error.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QListView;
class QModelIndex;
class QPushButton;

namespace ui {

class ErrorBanner;
class PastLogModel;
class PlainLabel;
class SheetHost;

class PastLogsWindow final : public QWidget
{
    Q_OBJECT

public:
    // Borrowed.
    explicit PastLogsWindow(archive::LogArchive &logs, QWidget *parent = nullptr);

    // Looks again, for logs that have been written meanwhile too.
    void reload();

signals:
    // A recording is to be shown from that place on; other logs are shown here.
    void recordingWanted(const archive::PastLog &log, std::chrono::milliseconds place);
    void settingsWanted(); // those of the logs

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *createContent();
    QLayout *createTop();
    QLayout *createButtons();
    void connectParts();
    void fillHosts();
    void search();
    void showFound(const base::Result<QList<archive::LogMatch>> &found, const QString &text);
    void updateState();
    QString emptyText() const;
    void open(const QModelIndex &index);
    void openFolder();
    void askToDelete();
    void remove(const archive::PastLog &log);
    const archive::PastLog *currentLog() const;

    archive::LogArchive &m_archive;
    PastLogModel *m_model;
    SheetHost *m_host;
    ErrorBanner *m_banner = nullptr;
    QLineEdit *m_text = nullptr;
    QComboBox *m_hosts = nullptr;
    QListView *m_list = nullptr;
    PlainLabel *m_state = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_folder = nullptr;
    QPushButton *m_delete = nullptr;
    QTimer m_settle; // several letters become one search
    QList<archive::PastLog> m_logs;
};

} // namespace ui
