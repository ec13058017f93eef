// Fields whose value a session may take from its groups: until it is changed here, such a field
// shows the inherited value and where it comes from.

#pragma once

#include "profiles/EffectiveProfile.h"

#include <QCheckBox>
#include <QSpinBox>

namespace ui {

// "from group Customers", "from the settings" or "by default".
QString originText(const profiles::ValueOrigin &origin);

// A switch. Setting it back to what is inherited makes it inherited again.
class InheritedCheckBox final : public QCheckBox
{
    Q_OBJECT

public:
    using Member = bool profiles::Profile::*;

    InheritedCheckBox(const QString &text, QLatin1StringView field, Member member,
                      QWidget *parent = nullptr);

    void load(const profiles::Profile &profile);
    void store(profiles::Profile &profile) const;
    void showInherited(const profiles::EffectiveProfile &inherited);

private:
    void updateText();

    const QString m_text;
    const QLatin1StringView m_field;
    const Member m_member;
    profiles::EffectiveProfile m_inherited;
    bool m_isOwn = false;
};

// A port. Typing what is inherited makes it inherited again.
class PortBox final : public QSpinBox
{
    Q_OBJECT

public:
    explicit PortBox(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile);
    void store(profiles::Profile &profile) const;
    void showInherited(const profiles::EffectiveProfile &inherited);

    void stepBy(int steps) override;

private:
    int m_inherited;
    bool m_isOwn = false;
};

} // namespace ui
