#include "ui/forwards/ForwardSheet.h"

#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ForwardSheet::ForwardSheet(QWidget *parent)
    : Sheet(parent)
    , m_form(new ForwardForm(QStringLiteral("tunnel"), this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("forwardSheet"));
    setAccessibleName(tr("Add tunnel"));
    m_problem->setObjectName(QStringLiteral("tunnelProblem"));
    m_problem->hide();
    auto *accept = new QPushButton(tr("Start tunnel"), this);
    accept->setObjectName(QStringLiteral("tunnelAccept"));
    auto *reject = new QPushButton(tr("Cancel"), this);
    reject->setObjectName(QStringLiteral("tunnelCancel"));
    setFocusProxy(m_form);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Add tunnel"), PlainLabel::Role::Title, this));
    layout->addWidget(m_form);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    connect(accept, &QPushButton::clicked, this, &ForwardSheet::submit);
    connect(reject, &QPushButton::clicked, this, &Sheet::cancel);
    setDefaultButton(accept);
    connect(m_form, &ForwardForm::edited, m_problem, &QWidget::hide);
}

void ForwardSheet::submit()
{
    const auto forward = m_form->draft().forward();
    if (!forward) {
        m_problem->setText(forwardErrorText(forward.error()));
        m_problem->show();
        return;
    }
    emit chosen(*forward);
    finish();
}

} // namespace ui
