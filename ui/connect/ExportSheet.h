// ExportSheet: writes sessions into a file for other programs: which ones, and in which format.
// What the format has no words for is told before.

#pragma once

#include "profiles/export/SessionExport.h"
#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

#include <QStringList>

class QComboBox;
class QPushButton;

namespace profiles {
class ProfileStore;
}

namespace ui {

class PlainLabel;

class ExportSheet final : public Sheet
{
    Q_OBJECT

public:
    // `chosen` are what was selected when it was asked for, perhaps none. The store is borrowed.
    ExportSheet(const QStringList &chosen, const profiles::ProfileStore &store,
                QWidget *parent = nullptr);

    // What the file dialog does: writes the file, and goes away if that worked.
    void writeTo(const QString &path);

signals:
    void exported(qsizetype count, const QString &path);

private:
    void addScopes(const QStringList &chosen);
    QLayout *createButtons();
    QList<profiles::Profile> sessions() const;
    profiles::ExportFormat format() const;
    void update();
    void chooseFile();

    const profiles::ProfileStore &m_store;
    QComboBox *m_scope; // a list of ids, or the path of a group
    QComboBox *m_format;
    PlainLabel *m_remark;
    PlainLabel *m_problem;
    QPushButton *m_save = nullptr;
};

} // namespace ui
