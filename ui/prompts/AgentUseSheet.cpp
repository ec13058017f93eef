#include "ui/prompts/AgentUseSheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

AgentUseSheet::AgentUseSheet(const ssh::AgentUseQuestion &question, QWidget *parent)
    : Sheet(parent)
{
    const QString title
        = tr("May a program on %1 use your key?").arg(base::displayText(question.host));
    setObjectName(QStringLiteral("agentUseSheet"));
    setAccessibleName(title);
    auto *allow = new QPushButton(tr("Allow once"), this);
    allow->setObjectName(QStringLiteral("agentUseAllow"));
    auto *refuse = new QPushButton(tr("Refuse"), this);
    refuse->setObjectName(QStringLiteral("agentUseRefuse"));
    setFocusProxy(refuse);
    auto *form = new QFormLayout;
    if (!question.comment.isEmpty()) {
        form->addRow(tr("Key"),
                     new PlainLabel(base::displayText(question.comment), PlainLabel::Role::Value));
    }
    form->addRow(tr("Fingerprint"), new PlainLabel(question.fingerprint, PlainLabel::Role::Code));
    form->addRow(tr("To log in as"),
                 new PlainLabel(question.user.isEmpty() ? tr("no login: it signs something else")
                                                        : base::displayText(question.user),
                                PlainLabel::Role::Value));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(allow);
    buttons->addWidget(refuse);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("key"),
                                    Theme::color(Theme::Meaning::Warning, QApplication::palette()),
                                    title, this));
    layout->addWidget(new PlainLabel(
        tr("You lend your agent to this server. Allow it only if you have just started something "
           "there that logs in elsewhere, such as ssh, scp or git."),
        PlainLabel::Role::Text, this));
    layout->addLayout(form);
    layout->addLayout(buttons);
    connect(allow, &QPushButton::clicked, this, [this] {
        emit allowed();
        finish();
    });
    connect(refuse, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
