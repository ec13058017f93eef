// FormSheet: the base of the sheets of the Keys window: a title, fields, a line that says what is
// wrong with them, and two buttons.

#pragma once

#include "ui/widgets/Sheet.h"

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace ui {

class PlainLabel;

class FormSheet : public Sheet
{
    Q_OBJECT

protected:
    // `name` is the object name; its buttons are NAMEAccept and NAMECancel.
    FormSheet(const QString &name, const QString &title, const QString &accept, QWidget *parent);

    // With a label that is the accessible name too.
    void addField(const QString &label, QWidget *field, const QString &name);
    QLineEdit *addPassphraseField(const QString &label, const QString &name);

    // A sentence below the fields.
    void addRemark(const QString &text);

    void showProblem(const QString &sentence);

    // What the button of the sheet does, and Return. Calls finish() if all is well.
    virtual void submit() = 0;

private:
    QString m_name;
    QFormLayout *m_form;
    PlainLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace ui
