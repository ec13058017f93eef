#include "ui/main/UserSheet.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SecretEdit.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

UserSheet::UserSheet(const QString &login, const QString &host, QWidget *parent)
    : Sheet(parent)
    , m_login(login)
    , m_host(host)
    , m_title(new PlainLabel({}, PlainLabel::Role::Title, this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
    , m_name(new QLineEdit(this))
    , m_password(new SecretEdit(this))
    , m_remark(new PlainLabel({}, PlainLabel::Role::Subtle, this))
    , m_accept(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("userSheet"));
    m_problem->setObjectName(QStringLiteral("userProblem"));
    m_name->setObjectName(QStringLiteral("userName"));
    m_name->setAccessibleName(tr("Name of the user"));
    m_name->setPlaceholderText(m_name->accessibleName());
    m_password->setObjectName(QStringLiteral("userPassword"));
    m_password->setAccessibleName(tr("Password for sudo"));
    m_password->setPlaceholderText(m_password->accessibleName());
    m_accept->setObjectName(QStringLiteral("userAccept"));
    m_cancel->setObjectName(QStringLiteral("userCancel"));

    auto *heading = new QHBoxLayout;
    heading->addWidget(new IconLabel(Icons::icon(QStringLiteral("key")), this));
    heading->addWidget(m_title, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_accept);
    buttons->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(heading);
    layout->addWidget(m_problem);
    layout->addWidget(m_name);
    layout->addWidget(m_password);
    layout->addWidget(m_remark);
    layout->addLayout(buttons);

    setDefaultButton(m_accept);
    connect(m_accept, &QPushButton::clicked, this, &UserSheet::accept);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &name) { m_accept->setEnabled(!name.trimmed().isEmpty()); });
    connect(m_cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

void UserSheet::showStep(Step step, const QString &title, const QString &remark)
{
    const QWidget *focus = QApplication::focusWidget();
    const bool hadFocus = focus != nullptr && isAncestorOf(focus);
    m_step = step;
    m_title->setText(title);
    setAccessibleName(title);
    m_remark->setText(remark);
    m_problem->hide();
    m_name->setVisible(step == Step::Name);
    m_password->setVisible(step == Step::Password);
    m_accept->setVisible(step != Step::Waiting);
    m_accept->setText(tr("Open"));
    m_accept->setEnabled(step == Step::Password);
    QWidget *first = step == Step::Name ? static_cast<QWidget *>(m_name)
        : step == Step::Password        ? static_cast<QWidget *>(m_password)
                                        : m_cancel;
    setFocusProxy(first);
    if (hadFocus) {
        first->setFocus();
    }
}

void UserSheet::askName()
{
    showStep(Step::Name, tr("Files of %1 as another user").arg(m_host),
             tr("sudo there gives the rights of that user, if it allows it to %1.").arg(m_login));
}

void UserSheet::refuseName()
{
    m_problem->setText(tr("That cannot be the name of a user."));
    m_problem->show();
}

void UserSheet::showWaiting(const QString &user)
{
    showStep(Step::Waiting, tr("Files of %1 as %2").arg(m_host, user),
             tr("Asking sudo on the server…"));
}

void UserSheet::askPassword(const QString &user, int attempt, const QString &said)
{
    const QString remark = tr("sudo on the server asks for it, to give you the rights of %1. "
                              "Usually it is the password of %2. It is not stored.")
                               .arg(user, m_login);
    showStep(Step::Password, tr("Password for sudo on %1").arg(m_host), remark);
    if (attempt > 1) {
        m_problem->setText(said.isEmpty() ? tr("That password was not accepted.")
                                          : tr("That was not accepted. sudo said: “%1”").arg(said));
        m_problem->show();
    }
}

void UserSheet::done()
{
    finish();
}

void UserSheet::accept()
{
    if (m_step == Step::Name && !m_name->text().trimmed().isEmpty()) {
        emit nameEntered(m_name->text().trimmed());
    } else if (m_step == Step::Password) {
        emit passwordEntered(m_password->take());
    }
}

} // namespace ui
