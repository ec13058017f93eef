#include "ui/connect/InheritedFields.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::ValueOrigin;

// The end of a path says more than its start, and must not widen every field that shows it.
QString shortened(const QString &group)
{
    constexpr qsizetype longest = 32;
    return group.size() <= longest ? group : QString(u'…' + group.last(longest - 1));
}

} // namespace

QString originText(const ValueOrigin &origin)
{
    switch (origin.kind) {
    case ValueOrigin::Kind::Group:
        return QCoreApplication::translate("ui::InheritedFields", "from group %1")
            .arg(base::displayText(shortened(origin.group)));
    case ValueOrigin::Kind::Settings:
        return QCoreApplication::translate("ui::InheritedFields", "from the settings");
    case ValueOrigin::Kind::Profile:
    case ValueOrigin::Kind::Default:
        break;
    }
    return QCoreApplication::translate("ui::InheritedFields", "by default");
}

QString inheritedText(const QString &value, const ValueOrigin &origin)
{
    return QCoreApplication::translate("ui::InheritedFields", "%1 — %2")
        .arg(value, originText(origin));
}

InheritedCheckBox::InheritedCheckBox(const QString &text, QLatin1StringView field, Member member,
                                     QWidget *parent)
    : QCheckBox(text, parent)
    , m_text(text)
    , m_field(field)
    , m_member(std::move(member))
{
    connect(this, &QCheckBox::toggled, this, [this](bool isOn) {
        m_isOwn = isOn != valueIn(m_inherited.profile);
        updateText();
    });
}

void InheritedCheckBox::load(const Profile &profile)
{
    setChecked(valueIn(profile));
    m_isOwn = profile.isOwn(m_field);
    updateText();
}

void InheritedCheckBox::store(Profile &profile) const
{
    m_member(profile) = m_isOwn ? isChecked() : valueIn(Profile());
    profile.keepDefault(m_field, m_isOwn);
}

void InheritedCheckBox::showInherited(const EffectiveProfile &inherited)
{
    m_inherited = inherited;
    if (!m_isOwn) {
        setChecked(valueIn(inherited.profile));
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

// What is inherited has the number below the lowest, which QSpinBox shows as its special text.
InheritedNumberBox::InheritedNumberBox(int lowest, int highest, const QString &unit,
                                       const QString &zeroText, QWidget *parent)
    : QSpinBox(parent)
    , m_unit(unit)
    , m_zeroText(zeroText)
    , m_inherited(lowest)
{
    setRange(lowest - 1, highest);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSuffix(unit);
    setSpecialValueText(textFor(m_inherited));
    connect(this, &QSpinBox::valueChanged, this, [this](int value) {
        m_isOwn = value != minimum() && value != m_inherited;
        setSuffix(isZeroText(value) ? QString() : m_unit);
    });
}

void InheritedNumberBox::load(std::optional<int> own)
{
    setValue(own.value_or(minimum()));
    m_isOwn = own.has_value();
}

std::optional<int> InheritedNumberBox::own() const
{
    return m_isOwn ? std::optional(value()) : std::nullopt;
}

void InheritedNumberBox::showInherited(int value, const ValueOrigin &origin)
{
    m_inherited = value;
    setSpecialValueText(inheritedText(textFor(value), origin));
}

QString InheritedNumberBox::textFor(int value) const
{
    return isZeroText(value) ? m_zeroText : QString(QSpinBox::textFromValue(value) + m_unit);
}

void InheritedNumberBox::stepBy(int steps)
{
    const int from = value() == minimum() ? m_inherited : value();
    setValue(std::clamp(from + steps, minimum() + 1, maximum()));
}

QString InheritedNumberBox::textFromValue(int value) const
{
    return isZeroText(value) ? m_zeroText : QSpinBox::textFromValue(value);
}

int InheritedNumberBox::valueFromText(const QString &text) const
{
    const bool isZero = !m_zeroText.isEmpty() && text.trimmed() == m_zeroText;
    return isZero ? 0 : QSpinBox::valueFromText(text);
}

QValidator::State InheritedNumberBox::validate(QString &text, int &position) const
{
    if (!m_zeroText.isEmpty() && !text.isEmpty() && m_zeroText.startsWith(text.trimmed())) {
        return text.trimmed() == m_zeroText ? QValidator::Acceptable : QValidator::Intermediate;
    }
    return QSpinBox::validate(text, position);
}

PortBox::PortBox(QWidget *parent)
    : InheritedNumberBox(1, 65535, {}, {}, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    showInherited({});
}

void PortBox::load(const Profile &profile)
{
    const bool isOwn = profile.isOwn(profiles::fields::port);
    InheritedNumberBox::load(isOwn ? std::optional<int>(profile.port) : std::nullopt);
}

void PortBox::store(Profile &profile) const
{
    profile.port = static_cast<quint16>(own().value_or(Profile().port));
    profile.keepDefault(profiles::fields::port, own().has_value());
}

void PortBox::showInherited(const EffectiveProfile &inherited)
{
    const ValueOrigin origin = inherited.origin(profiles::fields::port);
    InheritedNumberBox::showInherited(inherited.profile.port, origin);
    setSpecialValueText(textFor(inheritedValue()));
    setToolTip(tr("%1 %2").arg(textFor(inheritedValue()), originText(origin)));
}

} // namespace ui
