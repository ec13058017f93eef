// ImportSheet: takes over sessions of another program: choose where from, look at what is there,
// tick what to take. Nothing is stored before the last step.

#pragma once

#include "profiles/import/SessionImport.h"
#include "profiles/ProfileStore.h"
#include "ui/widgets/Sheet.h"

class QComboBox;
class QPushButton;
class QTreeView;

namespace ui {

class ImportModel;
class PlainLabel;

class ImportSheet final : public Sheet
{
    Q_OBJECT

public:
    // The store is borrowed. Begins with what the programs on this computer have.
    explicit ImportSheet(profiles::ProfileStore &store, QWidget *parent = nullptr);

    // Reads that file, in whatever format it looks like.
    void openFile(const QString &path);

    int widthInCharacters() const override;

signals:
    // They are in the store; ProfileStore::forget() takes them back.
    void imported(const profiles::ProfileStore::GroupContent &content);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // Space ticks all selected rows

private:
    void createTable();
    QLayout *createSource();
    QLayout *createTarget();
    QLayout *createButtons();
    void addUsualPlaces();
    void chooseFile();
    void readPlace(); // that is chosen
    void handleRead(int number,
                    const base::Result<profiles::ImportedSessions, profiles::ImportProblem> &read);
    void updateSummary();
    void submit();

    profiles::ProfileStore &m_store;
    ImportModel *m_model;
    QComboBox *m_places; // ImportFormat and path of each
    QComboBox *m_formats;
    QTreeView *m_table;
    QComboBox *m_group;
    PlainLabel *m_summary;
    PlainLabel *m_problem;
    QPushButton *m_import = nullptr;
    int m_reads = 0; // only the last one counts
};

} // namespace ui
