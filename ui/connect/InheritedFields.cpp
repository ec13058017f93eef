#include "ui/connect/InheritedFields.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::ValueOrigin;

constexpr int inheritedPort = 0; // shown as the special text, which is the inherited one

} // namespace

QString originText(const ValueOrigin &origin)
{
    switch (origin.kind) {
    case ValueOrigin::Kind::Group:
        return QCoreApplication::translate("ui::InheritedFields", "from group %1")
            .arg(base::displayText(origin.group));
    case ValueOrigin::Kind::Settings:
        return QCoreApplication::translate("ui::InheritedFields", "from the settings");
    case ValueOrigin::Kind::Profile:
    case ValueOrigin::Kind::Default:
        break;
    }
    return QCoreApplication::translate("ui::InheritedFields", "by default");
}

InheritedCheckBox::InheritedCheckBox(const QString &text, QLatin1StringView field, Member member,
                                     QWidget *parent)
    : QCheckBox(text, parent)
    , m_text(text)
    , m_field(field)
    , m_member(member)
{
    connect(this, &QCheckBox::toggled, this, [this](bool isOn) {
        m_isOwn = isOn != m_inherited.profile.*m_member;
        updateText();
    });
}

void InheritedCheckBox::load(const Profile &profile)
{
    setChecked(profile.*m_member);
    m_isOwn = profile.isOwn(m_field);
    updateText();
}

void InheritedCheckBox::store(Profile &profile) const
{
    profile.*m_member = m_isOwn ? isChecked() : Profile().*m_member;
    profile.keepDefault(m_field, m_isOwn);
}

void InheritedCheckBox::showInherited(const EffectiveProfile &inherited)
{
    m_inherited = inherited;
    if (!m_isOwn) {
        setChecked(inherited.profile.*m_member);
    }
    updateText();
}

// The origin is told where it is not what everybody expects.
void InheritedCheckBox::updateText()
{
    const ValueOrigin origin = m_inherited.origin(m_field);
    setText(m_isOwn || origin.kind == ValueOrigin::Kind::Default
                ? m_text
                : tr("%1 (%2)").arg(m_text, originText(origin)));
}

PortBox::PortBox(QWidget *parent)
    : QSpinBox(parent)
    , m_inherited(Profile().port)
{
    setRange(inheritedPort, 65535);
    setSpecialValueText(QString::number(m_inherited));
    connect(this, &QSpinBox::valueChanged, this,
            [this](int port) { m_isOwn = port != inheritedPort && port != m_inherited; });
}

void PortBox::load(const Profile &profile)
{
    const bool isOwn = profile.isOwn(profiles::fields::port);
    setValue(isOwn ? profile.port : inheritedPort);
    m_isOwn = isOwn;
}

void PortBox::store(Profile &profile) const
{
    profile.port = m_isOwn ? static_cast<quint16>(value()) : Profile().port;
    profile.keepDefault(profiles::fields::port, m_isOwn);
}

void PortBox::showInherited(const EffectiveProfile &inherited)
{
    m_inherited = inherited.profile.port;
    setSpecialValueText(QString::number(m_inherited));
    setToolTip(tr("%1 %2").arg(QString::number(m_inherited),
                               originText(inherited.origin(profiles::fields::port))));
}

void PortBox::stepBy(int steps)
{
    const int from = value() == inheritedPort ? m_inherited : value();
    setValue(std::max(from + steps, inheritedPort + 1));
}

} // namespace ui
