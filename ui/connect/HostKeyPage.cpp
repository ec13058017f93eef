#include "ui/connect/HostKeyPage.h"

#include "ui/widgets/PlainLabel.h"

#include <QComboBox>

namespace ui {
namespace {

using hostkeys::HostKeyPolicy;

constexpr int globalPolicy = -1;

} // namespace

HostKeyPage::HostKeyPage(QWidget *parent)
    : ProfilePage(tr("Host key"), parent)
    , m_policy(new QComboBox)
{
    m_policy->setObjectName(QStringLiteral("profilePolicy"));
    m_policy->addItem(tr("As in the settings"), globalPolicy);
    m_policy->addItem(tr("Ask"), static_cast<int>(HostKeyPolicy::Ask));
    m_policy->addItem(tr("Refuse"), static_cast<int>(HostKeyPolicy::Reject));
    m_policy->addItem(tr("Accept and warn each time"), static_cast<int>(HostKeyPolicy::Warn));
    m_policy->addItem(tr("Accept and save"), static_cast<int>(HostKeyPolicy::AutoAdd));
    addRow(tr("Un&known host keys"), m_policy);
    addRow(new PlainLabel(tr("A changed or revoked host key is always refused."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_policy);
}

void HostKeyPage::load(const profiles::Profile &profile)
{
    const auto &policy = profile.hostKeyPolicy;
    m_policy->setCurrentIndex(
        m_policy->findData(policy ? static_cast<int>(*policy) : globalPolicy));
}

void HostKeyPage::store(profiles::Profile &profile) const
{
    const int policy = m_policy->currentData().toInt();
    profile.hostKeyPolicy
        = policy == globalPolicy ? std::nullopt : std::optional(static_cast<HostKeyPolicy>(policy));
}

} // namespace ui
