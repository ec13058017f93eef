#include "ui/main/ConnectProgress.h"

#include "base/DisplayText.h"
#include "ui/widgets/CenteredColumn.h"
#include "ui/widgets/PlainLabel.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int widthInCharacters = 40;

QString textFor(ssh::Connection::State state)
{
    switch (state) {
    case ssh::Connection::State::VerifyingHost:
        return ConnectProgress::tr("Verifying the host key of %1…");
    case ssh::Connection::State::Authenticating:
        return ConnectProgress::tr("Logging in as %1…");
    default:
        return ConnectProgress::tr("Connecting to %1…");
    }
}

} // namespace

ConnectProgress::ConnectProgress(QWidget *parent)
    : QWidget(parent)
    , m_label(new PlainLabel({}, PlainLabel::Role::Text, this))
{
    setObjectName(QStringLiteral("connectProgress"));
    m_label->setAlignment(Qt::AlignCenter);
    auto *bar = new QProgressBar(this);
    bar->setRange(0, 0); // how long it takes nobody knows
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Connecting"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("connectCancel"));
    setFocusProxy(cancel);

    auto *column = new CenteredColumn(widthInCharacters, this);
    column->rows().addWidget(m_label);
    column->rows().addWidget(bar);
    column->rows().addWidget(cancel, 0, Qt::AlignHCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(column);
    connect(cancel, &QPushButton::clicked, this, &ConnectProgress::cancelled);
}

void ConnectProgress::showWait(const ssh::AgentWait &wait)
{
    const QString key = base::displayText(wait.comment);
    m_label->setText(wait.needsTouch ? tr("Touch your security key %1").arg(key)
                                     : tr("Waiting for the agent to sign with %1…").arg(key));
}

void ConnectProgress::showState(ssh::Connection::State state, const QString &target)
{
    m_label->setText(textFor(state).arg(base::displayText(target)));
}

void ConnectProgress::showText(const QString &text)
{
    m_label->setText(text);
}

} // namespace ui
