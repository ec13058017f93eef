#include "ui/main/ConnectProgress.h"

#include "base/DisplayText.h"
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
    const int width = fontMetrics().averageCharWidth() * widthInCharacters;
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setFixedWidth(width);
    auto *bar = new QProgressBar(this);
    bar->setRange(0, 0); // how long it takes nobody knows
    bar->setTextVisible(false);
    bar->setFixedWidth(width);
    bar->setAccessibleName(tr("Connecting"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("connectCancel"));
    setFocusProxy(cancel);

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_label, 0, Qt::AlignHCenter);
    layout->addWidget(bar, 0, Qt::AlignHCenter);
    layout->addWidget(cancel, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(cancel, &QPushButton::clicked, this, &ConnectProgress::cancelled);
}

void ConnectProgress::showState(ssh::Connection::State state, const QString &target)
{
    m_label->setText(textFor(state).arg(base::displayText(target)));
}

} // namespace ui
