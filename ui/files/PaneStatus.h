// PaneStatus: the line under a file pane: what is there and selected, or what is under way.

#pragma once

#include "files/FileEntry.h"
#include "files/FileSearch.h"
#include "ui/files/SizeFormat.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ui {

class PaneStatus final : public QWidget
{
    Q_OBJECT

public:
    enum class Task {
        None,
        Reading, // can be stopped
        Changing, // likewise
    };

    // `idPrefix` begins the object names: "localStatus".
    explicit PaneStatus(const QString &idPrefix, QWidget *parent = nullptr);

    // A task that is over in less than 150 ms is not shown: it would only flicker.
    void setTask(Task task);
    void setSummary(const QString &text);
    // What is said while changing, until the task ends.
    void setProgress(const QString &text);

signals:
    void stopRequested(ui::PaneStatus::Task task);

private:
    void update();

    QLabel *m_text;
    QProgressBar *m_progress;
    QToolButton *m_stop;
    QTimer m_soon;
    QString m_summary;
    QString m_workText;
    Task m_task = Task::None;
};

// "12 found, by a command of the server".
QString searchSummary(const files::FileSearch &search, int rows);

// "12 items, 3 selected, 4.5 MB"; without the size if only directories are selected.
QString selectionSummary(int rows, const QList<files::FileEntry> &selected,
                         SizeFormat format = SizeFormat::Traditional);

} // namespace ui
