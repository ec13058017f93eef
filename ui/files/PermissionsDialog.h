// PermissionsDialog: the permission bits of one or several files, as switches, octal digits and the
// letters of `ls -l`, always in step, or as a change in the language of chmod(1); of folders also
// of what is in them; and owner and group. Not modal; the file pane applies what it yields.

#pragma once

#include "files/AttributeChange.h"
#include "files/FileMode.h"
#include "ui/files/OwnerFields.h"

#include <QDialog>
#include <QList>

#include <array>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace ui {

class PermissionsDialog final : public QDialog
{
    Q_OBJECT

public:
    // May the change go on into folders? There is one among the files then.
    enum class Contents { None, MayFollow };

    // `subject` says whose permissions they are: a name or a count, already safe to show. `modes`
    // are those of the selected files, at least one.
    PermissionsDialog(const QString &subject, const QList<files::FileMode> &modes,
                      Contents contents, QWidget *parent = nullptr);

    // Whose permissions these are: allows owners to be changed, and shows what would change.
    void setEntries(const QList<files::FileEntry> &entries, OwnerFields::Lookup lookup);

    // The bits that are on or off for all; a switch that is neither is in neither mask.
    files::ModeMask mask() const;

    // Of the files themselves, without owners.
    files::AttributeChange change() const;

    // The same with what is inside, for folders and for the rest.
    files::AttributeChange treeChange() const;

signals:
    void applied(const files::AttributeChange &change); // to the files themselves
    void appliedToTrees(const files::AttributeChange &change); // or also to what is inside

private:
    struct Switch
    {
        quint32 bit = 0;
        QCheckBox *box = nullptr;
    };

    QGridLayout *createSwitches();
    QFormLayout *createTexts();
    void alignLabels(QList<QLabel *> labels);
    QWidget *createContents(Contents contents);
    void apply();
    void applyWith(const files::OwnerIds &owners);
    void handleChange(const QString &text);
    std::optional<files::ModeChange> typedChange() const;
    bool isAcceptable() const;
    Switch createSwitch(quint32 bit, const QString &objectName, const QString &accessibleName);
    void showModes(const QList<files::FileMode> &modes);
    void handleOctal(const QString &text);
    void updateTexts();
    void updateApply();
    bool isMixed() const;

    std::array<Switch, 12> m_switches;
    QList<files::FileMode> m_modes; // as they are
    QList<files::FileEntry> m_entries; // whose they are, if that was told
    QLineEdit *m_octal;
    QLabel *m_symbolic;
    QLineEdit *m_change; // "u+x,g-w": in the place of switches and digits
    QCheckBox *m_isDeep; // also what is inside
    QComboBox *m_targets; // of that
    QLineEdit *m_fileOctal; // another mode for files inside
    QCheckBox *m_isExecuteConditional;
    OwnerFields *m_owners;
    QLabel *m_preview;
    QDialogButtonBox *m_buttons;
};

} // namespace ui
