// ProfilePage: one page of ProfileEditor, a form of the fields that belong together. Each page is a
// class in a file of its own; ProfileEditor::createPages() lists them.

#pragma once

#include "profiles/Profile.h"

#include <QWidget>

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

    // One sentence on what cannot be saved; empty if all can. The page is then shown, and its
    // focus proxy gets the focus.
    virtual QString problem() const { return {}; }

signals:
    void submitted(); // Enter in a line

protected:
    // A field with its label, which also names it to screen readers. `row` holds the field and what
    // belongs to it; without one it is the field alone.
    void addRow(const QString &label, QWidget *field, QLayout *row = nullptr);

    // A field that says itself what it is, as check boxes do, or a remark.
    void addRow(QWidget *field);

    // Fields that report Enter, and look alike.
    QLineEdit *createLine(const QString &objectName, const QString &placeholder);
    QPlainTextEdit *createLines(const QString &objectName, const QString &placeholder);

private:
    QString m_title;
    QFormLayout *m_form;
};

// The lines of the field that are not blank, without the blanks around them.
QStringList linesOf(const QPlainTextEdit &edit);

} // namespace ui
