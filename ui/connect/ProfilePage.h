// ProfilePage: one page of ProfileForm, a form of the fields that belong together. Each page is a
// class in a file of its own; ProfileForm::addCommonPages() lists those that groups have as well:
// a group is edited as a profile of which only the inheritable fields matter.

#pragma once

#include "profiles/EffectiveProfile.h"
#include "profiles/Profile.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLayout;
class QLineEdit;
class QPlainTextEdit;

namespace ui {

class ProfilePage : public QWidget
{
    Q_OBJECT

public:
    // `title` stands in the list of pages.
    explicit ProfilePage(const QString &title, QWidget *parent = nullptr);

    const QString &title() const { return m_title; }

    // Shows what is in the profile. Called once, before the page is shown.
    virtual void load(const profiles::Profile &profile) = 0;

    // Writes the fields of this page into the profile, and no others.
    virtual void store(profiles::Profile &profile) const = 0;

    // What holds for fields that are left alone, and where that comes from. Called after load(),
    // and when another group is chosen. ui/connect/InheritedFields.h has fields that show it.
    virtual void showInherited(const profiles::EffectiveProfile &) { }

    // One sentence on what cannot be saved; empty if all can. The page is then shown, and its
    // focus proxy gets the focus.
    virtual QString problem() const { return {}; }

signals:
    void groupChanged(); // of the profile, on the page that has it

protected:
    // A field with its label, which also names it to screen readers. `row` holds the field and what
    // belongs to it; without one it is the field alone.
    void addRow(const QString &label, QWidget *field, QLayout *row = nullptr);

    // A field that says itself what it is, as check boxes do, or a remark.
    void addRow(QWidget *field);

    // With its label.
    void setRowVisible(QWidget *field, bool isVisible);

    // Fields that report Enter, and look alike.
    QLineEdit *createLine(const QString &objectName, const QString &placeholder);
    QPlainTextEdit *createLines(const QString &objectName, const QString &placeholder);

    // A group to choose or to type, which reports groupChanged().
    QComboBox *createGroupBox(const QString &objectName, const QStringList &groups);

    // For a field of the user's name that is empty.
    static QString userPlaceholder(const profiles::EffectiveProfile &inherited);

private:
    QString m_title;
    QFormLayout *m_form;
};

// The lines of the field that are not blank, without the blanks around them.
QStringList linesOf(const QPlainTextEdit &edit);

} // namespace ui
