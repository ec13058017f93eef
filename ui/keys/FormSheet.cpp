#include "ui/keys/FormSheet.h"

#include "ui/widgets/PlainLabel.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

FormSheet::FormSheet(const QString &name, const QString &title, const QString &accept,
                     QWidget *parent)
    : Sheet(parent)
    , m_name(name)
    , m_form(new QFormLayout)
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
    , m_accept(new QPushButton(accept, this))
{
    setObjectName(name);
    setAccessibleName(title);
    m_problem->setObjectName(name + QStringLiteral("Problem"));
    m_problem->hide();
    m_accept->setObjectName(name + QStringLiteral("Accept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(name + QStringLiteral("Cancel"));

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_accept);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addLayout(m_form);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setDefaultButton(m_accept);
    connect(m_accept, &QPushButton::clicked, this, [this] { submit(); });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

void FormSheet::addField(const QString &label, QWidget *field, const QString &name)
{
    field->setObjectName(name);
    field->setAccessibleName(label);
    m_form->addRow(label + QLatin1Char(':'), field);
    if (focusProxy() == nullptr) {
        setFocusProxy(field);
    }
}

QLineEdit *FormSheet::addPassphraseField(const QString &label, const QString &name)
{
    auto *edit = new QLineEdit(this);
    edit->setEchoMode(QLineEdit::Password);
    addField(label, edit, name);
    return edit;
}

void FormSheet::addRemark(const QString &text)
{
    m_form->addRow(new PlainLabel(text, PlainLabel::Role::Subtle, this));
}

void FormSheet::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace ui
