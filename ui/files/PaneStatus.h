// PaneStatus: the line under a file pane: what is there and selected, or what is under way.

#pragma once

#include "files/FileEntry.h"
#include "files/FileSearch.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ui {

class PaneStatus final : public QWidget
{
    Q_OBJECT

public:
    // Both can be stopped. What is changed matters more than what is read beside it.
    enum class Task { Reading, Changing };

    // `idPrefix` begins the object names: "localStatus".
    explicit PaneStatus(const QString &idPrefix, QWidget *parent = nullptr);

    // A task that is over in less than 150 ms is not shown: it would only flicker. Of reading there
    // is one at a time; each change that has begun ends once.
    void begin(Task task);
    void end(Task task);
    void endAll();
    void setSummary(const QString &text);
    // What is said while changing, until the last change ends.
    void setProgress(const QString &text);
    // False if nothing is under way; stopRequested() follows otherwise.
    bool stop();

signals:
    void stopRequested(ui::PaneStatus::Task task);

private:
    std::optional<Task> task() const; // that is shown
    void update();

    QLabel *m_text;
    QProgressBar *m_progress;
    QToolButton *m_stop;
    QTimer m_soon;
    QString m_summary;
    QString m_workText;
    bool m_isReading = false;
    int m_changes = 0; // under way
};

// "12 found, by a command of the server".
QString searchSummary(const files::FileSearch &search, int rows);

// "12 items, 3 selected, 4.5 MB"; without the size if only directories are selected.
QString selectionSummary(int rows, const QList<files::FileEntry> &selected);

} // namespace ui
