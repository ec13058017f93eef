#include "ui/connect/GeneralPage.h"

#include "profiles/TargetAddress.h"
#include "profiles/TargetName.h"
#include "ui/connect/InheritedFields.h"
#include "ui/errors/ErrorText.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ui {

GeneralPage::GeneralPage(const QStringList &groups, QWidget *parent)
    : ProfilePage(tr("General"), parent)
    , m_host(createLine(QStringLiteral("profileHost"), tr("name or address")))
    , m_port(new PortBox)
    , m_user(createLine(QStringLiteral("profileUser"), tr("as on this computer")))
    , m_name(createLine(QStringLiteral("profileName"), tr("as the address")))
    , m_group(createGroupBox(QStringLiteral("profileGroup"), groups))
    , m_notes(createLines(QStringLiteral("profileNotes"), {}))
{
    m_port->setObjectName(QStringLiteral("profilePort"));
    m_port->setAccessibleName(tr("Port"));
    auto *portLabel = new QLabel(tr("&Port"));
    portLabel->setBuddy(m_port);
    auto *server = new QHBoxLayout;
    server->addWidget(m_host, 1);
    server->addWidget(portLabel);
    server->addWidget(m_port);

    addRow(tr("&Host"), m_host, server);
    addRow(tr("&User"), m_user);
    addRow(tr("&Name"), m_name);
    addRow(tr("&Group"), m_group);
    addRow(tr("No&tes"), m_notes);
    connect(m_host, &QLineEdit::editingFinished, this, &GeneralPage::takeAddress);
}

// Many type USER@HOST:PORT where the host goes: each part goes to its own field.
void GeneralPage::takeAddress()
{
    const auto address = profiles::TargetAddress::parse(m_host->text());
    if (!address || (address->user.isEmpty() && !address->port)) {
        return; // as it is, or told when it is saved
    }
    m_host->setText(address->host);
    if (!address->user.isEmpty()) {
        m_user->setText(address->user);
    }
    if (address->port) {
        m_port->InheritedNumberBox::load(*address->port);
    }
}

void GeneralPage::load(const profiles::Profile &profile)
{
    m_host->setText(profile.host);
    m_port->load(profile);
    m_user->setText(profile.user);
    m_name->setText(profile.name);
    m_group->setCurrentText(profile.group);
    m_notes->setPlainText(profile.notes);
    setFocusProxy(profile.host.isEmpty() ? m_host : m_name);
}

void GeneralPage::store(profiles::Profile &profile) const
{
    profile.host = m_host->text().trimmed();
    m_port->store(profile);
    profile.user = m_user->text().trimmed();
    profile.name = m_name->text().trimmed();
    profile.group = profiles::normalizedGroup(m_group->currentText());
    profile.notes = m_notes->toPlainText();
}

void GeneralPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_port->showInherited(inherited);
    m_user->setPlaceholderText(userPlaceholder(inherited));
}

QString GeneralPage::problem() const
{
    profiles::Profile profile;
    store(profile);
    if (profile.host.isEmpty()) {
        return addressErrorText(profiles::AddressError::NoHost);
    }
    if (!profiles::isAcceptableHost(profile.host)) {
        return addressErrorText(profiles::AddressError::BadHost);
    }
    if (!profile.user.isEmpty() && !profiles::isAcceptableUser(profile.user)) {
        return addressErrorText(profiles::AddressError::BadUser);
    }
    return {};
}

} // namespace ui
