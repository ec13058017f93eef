// PermissionsDialog: the permission bits of one or several files, as switches, octal digits and the
// letters of `ls -l`, always in step; of folders also of what is in them. Not modal; the file pane
// applies what it yields.

#pragma once

#include "files/AttributeChange.h"
#include "files/FileMode.h"

#include <QDialog>
#include <QList>

#include <array>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
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

    // The bits that are on or off for all; a switch that is neither is in neither mask.
    files::ModeMask mask() const;

    // The same with what is inside, for folders and for the rest.
    files::AttributeChange treeChange() const;

signals:
    void applied(const files::ModeMask &mask); // to the files themselves
    void appliedToTrees(const files::AttributeChange &change); // or also to what is inside

private:
    struct Switch
    {
        quint32 bit = 0;
        QCheckBox *box = nullptr;
    };

    QGridLayout *createSwitches();
    QGridLayout *createTexts();
    QWidget *createContents(Contents contents);
    void apply();
    Switch createSwitch(quint32 bit, const QString &objectName, const QString &accessibleName);
    void showModes(const QList<files::FileMode> &modes);
    void handleOctal(const QString &text);
    void updateTexts();
    void updateApply();
    bool isMixed() const;

    std::array<Switch, 12> m_switches;
    QLineEdit *m_octal;
    QLabel *m_symbolic;
    QCheckBox *m_isDeep; // also what is inside
    QComboBox *m_targets; // of that
    QCheckBox *m_isExecuteConditional;
    QDialogButtonBox *m_buttons;
};

} // namespace ui
