// FleetResults: what has come of a run on many servers so far: a table of them, the output of the
// marked one, equal outputs in groups, and the ways to save all of it.

#pragma once

#include "commands/FleetRun.h"
#include "commands/OutcomeForm.h"
#include "ui/errors/ErrorText.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QTabWidget;
class QToolButton;
class QTreeView;

namespace ui {

class FleetExport;
class FleetFilter;
class FleetGroups;
class FleetModel;
class PlainLabel;
class RunOutput;

class FleetResults final : public QWidget
{
    Q_OBJECT

public:
    explicit FleetResults(QWidget *parent = nullptr);
    ~FleetResults() override;

    // Borrowed; null: none yet.
    void setRun(commands::FleetRun *run);

    // While it saves, the run must not change.
    bool isSaving() const { return m_export != nullptr; }

signals:
    void rerunRequested(); // those that failed
    void stateChanged(); // it saves, or does no more
    void saved(const QString &path);
    void failed(const ui::ErrorText &text);

private:
    QWidget *createTop();
    QWidget *createTable();
    QWidget *createDetails();
    QToolButton *createButton(const char *name, const QString &text, const QString &hint);
    void updateState();
    void updateTitles();
    void showCurrent();
    int currentRow() const;
    void copyRows() const;
    void chooseFile(commands::OutcomeFormat format);
    void save(commands::OutcomeFormat format, const QString &path);

    QPointer<commands::FleetRun> m_run;
    FleetModel *m_model;
    FleetFilter *m_filter;
    QLineEdit *m_text = nullptr;
    QComboBox *m_outcome = nullptr;
    QTreeView *m_table = nullptr;
    QTabWidget *m_details = nullptr;
    RunOutput *m_output = nullptr;
    PlainLabel *m_note = nullptr;
    FleetGroups *m_groups = nullptr;
    QToolButton *m_rerun = nullptr;
    QToolButton *m_save = nullptr;
    FleetExport *m_export = nullptr; // while it saves
    int m_shownRow = -1; // whose output is shown
    bool m_isShownOver = false; // and has ended
};

} // namespace ui
