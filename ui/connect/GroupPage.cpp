#include "ui/connect/GroupPage.h"

#include "profiles/TargetName.h"
#include "ui/connect/InheritedFields.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QLineEdit>

namespace ui {

GroupPage::GroupPage(const QStringList &groups, QWidget *parent)
    : ProfilePage(tr("Group"), parent)
    , m_name(createLine(QStringLiteral("groupName"), tr("for example Acme")))
    , m_group(createGroupBox(QStringLiteral("groupParent"), groups))
    , m_user(createLine(QStringLiteral("groupUser"), tr("as on this computer")))
    , m_port(new PortBox)
{
    m_port->setObjectName(QStringLiteral("groupPort"));
    addRow(tr("&Name"), m_name);
    addRow(tr("In &group"), m_group);
    addRow(tr("&User"), m_user);
    addRow(tr("&Port"), m_port);
    addRow(new PlainLabel(tr("Sessions in this group take what is set here, unless they or a group "
                             "nearer to them say otherwise."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_name);
}

void GroupPage::load(const profiles::Profile &profile)
{
    m_name->setText(profile.name);
    m_group->setCurrentText(profile.group);
    m_user->setText(profile.user);
    m_port->load(profile);
}

void GroupPage::store(profiles::Profile &profile) const
{
    profile.name = profiles::normalizedGroup(m_name->text());
    profile.group = profiles::normalizedGroup(m_group->currentText());
    profile.user = m_user->text().trimmed();
    m_port->store(profile);
}

void GroupPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_port->showInherited(inherited);
    m_user->setPlaceholderText(userPlaceholder(inherited));
}

QString GroupPage::problem() const
{
    profiles::Profile profile;
    store(profile);
    if (profile.name.isEmpty()) {
        return tr("The group needs a name.");
    }
    if (!profile.user.isEmpty() && !profiles::isAcceptableUser(profile.user)) {
        return addressErrorText(profiles::AddressError::BadUser);
    }
    return {};
}

} // namespace ui
