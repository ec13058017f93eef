// PermissionsDialog: the permission bits of one or several files, as switches, octal digits and the
// letters of `ls -l`, always in step. Not modal; the file pane applies what it yields.

#pragma once

#include "files/FileMode.h"

#include <QDialog>
#include <QList>

#include <array>

class QCheckBox;
class QDialogButtonBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace ui {

// Which bits to set, which to clear; the others stay as each file has them.
struct ModeMask
{
    quint32 set = 0;
    quint32 clear = 0;

    files::FileMode appliedTo(files::FileMode mode) const
    {
        return files::FileMode((mode.bits() & ~clear) | set);
    }

    friend bool operator==(const ModeMask &, const ModeMask &) = default;
};

class PermissionsDialog final : public QDialog
{
    Q_OBJECT

public:
    // `subject` says whose permissions they are: a name or a count, already safe to show. `modes`
    // are those of the selected files, at least one.
    PermissionsDialog(const QString &subject, const QList<files::FileMode> &modes,
                      QWidget *parent = nullptr);

    // The bits that are on or off for all; a switch that is neither is in neither mask.
    ModeMask mask() const;

signals:
    void applied(const ui::ModeMask &mask);

private:
    struct Switch
    {
        quint32 bit = 0;
        QCheckBox *box = nullptr;
    };

    QGridLayout *createSwitches();
    QGridLayout *createTexts();
    Switch createSwitch(quint32 bit, const QString &objectName, const QString &accessibleName);
    void showModes(const QList<files::FileMode> &modes);
    void handleOctal(const QString &text);
    void updateTexts();
    void updateApply();
    bool isMixed() const;

    std::array<Switch, 12> m_switches;
    QLineEdit *m_octal;
    QLabel *m_symbolic;
    QDialogButtonBox *m_buttons;
};

} // namespace ui
