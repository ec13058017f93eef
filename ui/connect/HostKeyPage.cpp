#include "ui/connect/HostKeyPage.h"

#include "ui/connect/InheritedFields.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>

namespace ui {
namespace {

using hostkeys::HostKeyPolicy;

constexpr int inheritedPolicy = -1;

QString policyText(HostKeyPolicy policy)
{
    switch (policy) {
    case HostKeyPolicy::Reject:
        return HostKeyPage::tr("Refuse");
    case HostKeyPolicy::Warn:
        return HostKeyPage::tr("Accept and warn each time");
    case HostKeyPolicy::AutoAdd:
        return HostKeyPage::tr("Accept and save");
    case HostKeyPolicy::Ask:
        break;
    }
    return HostKeyPage::tr("Ask");
}

} // namespace

HostKeyPage::HostKeyPage(QWidget *parent)
    : ProfilePage(tr("Host key"), parent)
    , m_policy(new QComboBox)
{
    m_policy->setObjectName(QStringLiteral("profilePolicy"));
    m_policy->addItem(QString(), inheritedPolicy);
    for (const HostKeyPolicy policy :
         {HostKeyPolicy::Ask, HostKeyPolicy::Reject, HostKeyPolicy::Warn, HostKeyPolicy::AutoAdd}) {
        m_policy->addItem(policyText(policy), static_cast<int>(policy));
    }
    addRow(tr("Un&known host keys"), m_policy);
    addRow(new PlainLabel(tr("A changed or revoked host key is always refused."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_policy);
}

void HostKeyPage::load(const profiles::Profile &profile)
{
    const auto &policy = profile.hostKeyPolicy;
    m_policy->setCurrentIndex(
        m_policy->findData(policy ? static_cast<int>(*policy) : inheritedPolicy));
}

void HostKeyPage::store(profiles::Profile &profile) const
{
    const int policy = m_policy->currentData().toInt();
    profile.hostKeyPolicy = policy == inheritedPolicy
        ? std::nullopt
        : std::optional(static_cast<HostKeyPolicy>(policy));
}

void HostKeyPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    const auto policy = inherited.profile.hostKeyPolicy.value_or(HostKeyPolicy::Ask);
    m_policy->setItemText(
        0, inheritedText(policyText(policy), inherited.origin(profiles::fields::hostKeyPolicy)));
}

} // namespace ui
