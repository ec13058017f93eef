#include "ui/settings/ConnectionDefaultsPage.h"

#include "hostkeys/HostKeyPolicy.h"
#include "settings/Settings.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

using hostkeys::HostKeyPolicy;

constexpr int longestSeconds = 3600;

QSpinBox *createSeconds(const QString &objectName, int smallest)
{
    auto *box = new QSpinBox;
    box->setObjectName(objectName);
    box->setRange(smallest, longestSeconds);
    box->setSuffix(ConnectionDefaultsPage::tr(" s"));
    return box;
}

void addRow(QFormLayout &form, const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    field->setAccessibleName(QString(text).remove(u'&'));
    form.addRow(label, field);
}

} // namespace

ConnectionDefaultsPage::ConnectionDefaultsPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Connections"), parent)
    , m_settings(settings)
    , m_policy(new QComboBox)
    , m_connectTimeout(createSeconds(QStringLiteral("settingsConnectTimeout"), 1))
    , m_keepAlive(createSeconds(QStringLiteral("settingsKeepAlive"), 0))
{
    createFields();
    auto *form = new QFormLayout;
    addRow(*form, tr("Un&known host keys"), m_policy);
    form->addRow(QString(),
                 new PlainLabel(tr("For sessions that do not say otherwise. A changed or "
                                   "revoked host key is always refused."),
                                PlainLabel::Role::Subtle));
    addRow(*form, tr("&Give up connecting after"), m_connectTimeout);
    addRow(*form, tr("Ask a &silent server after"), m_keepAlive);
    form->addRow(QString(),
                 new PlainLabel(tr("A connection whose server does not answer is taken for lost. "
                                   "Both hold for the next connection."),
                                PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);

    connect(m_policy, &QComboBox::activated, this, [this] {
        const auto policy = static_cast<HostKeyPolicy>(m_policy->currentData().toInt());
        m_settings.setValue(settings::keys::hostKeyPolicy, hostkeys::name(policy));
    });
    connect(m_connectTimeout, &QSpinBox::valueChanged, this, [this](int seconds) {
        m_settings.setValue(settings::keys::connectTimeoutSeconds, seconds);
    });
    connect(m_keepAlive, &QSpinBox::valueChanged, this, [this](int seconds) {
        m_settings.setValue(settings::keys::keepAliveSeconds, seconds);
    });
}

void ConnectionDefaultsPage::createFields()
{
    m_policy->setObjectName(QStringLiteral("settingsPolicy"));
    m_policy->addItem(tr("Ask"), static_cast<int>(HostKeyPolicy::Ask));
    m_policy->addItem(tr("Refuse"), static_cast<int>(HostKeyPolicy::Reject));
    m_policy->addItem(tr("Accept and warn each time"), static_cast<int>(HostKeyPolicy::Warn));
    m_policy->addItem(tr("Accept and save"), static_cast<int>(HostKeyPolicy::AutoAdd));
    m_keepAlive->setSpecialValueText(tr("never"));
}

void ConnectionDefaultsPage::load()
{
    // A name that nobody knows is Ask, as for the connections.
    const HostKeyPolicy policy
        = hostkeys::policyFromName(m_settings.value(settings::keys::hostKeyPolicy))
              .value_or(HostKeyPolicy::Ask);
    m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(policy)));
    const QSignalBlocker quietTimeout(m_connectTimeout);
    const QSignalBlocker quietKeepAlive(m_keepAlive);
    m_connectTimeout->setValue(m_settings.value(settings::keys::connectTimeoutSeconds));
    m_keepAlive->setValue(m_settings.value(settings::keys::keepAliveSeconds));
}

} // namespace ui
