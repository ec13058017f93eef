// Fields whose value a session may take from its groups: until it is changed here, such a field
// shows the inherited value and where it comes from.

#pragma once

#include "profiles/EffectiveProfile.h"

#include <QCheckBox>
#include <QSpinBox>

#include <functional>
#include <optional>

namespace ui {

// "from group Customers", "from the settings" or "by default".
QString originText(const profiles::ValueOrigin &origin);

// "2222 — from group Customers". The value is shown as it is given.
QString inheritedText(const QString &value, const profiles::ValueOrigin &origin);

// A switch. Setting it back to what is inherited makes it inherited again.
class InheritedCheckBox final : public QCheckBox
{
    Q_OBJECT

public:
    using Member = std::function<bool &(profiles::Profile &profile)>;

    InheritedCheckBox(const QString &text, QLatin1StringView field, Member member,
                      QWidget *parent = nullptr);

    void load(const profiles::Profile &profile);
    void store(profiles::Profile &profile) const;
    void showInherited(const profiles::EffectiveProfile &inherited);

private:
    bool valueIn(profiles::Profile profile) const { return m_member(profile); }
    void updateText();

    const QString m_text;
    const QLatin1StringView m_field;
    const Member m_member;
    profiles::EffectiveProfile m_inherited;
    bool m_isOwn = false;
};

// A number. Typing what is inherited makes it inherited again.
class InheritedNumberBox : public QSpinBox
{
    Q_OBJECT

public:
    // `unit` is what setSuffix() takes. `zeroText` stands for 0, if that means more than a number.
    InheritedNumberBox(int lowest, int highest, const QString &unit = {},
                       const QString &zeroText = {}, QWidget *parent = nullptr);

    // Absent: inherited.
    void load(std::optional<int> own);
    std::optional<int> own() const;

    void showInherited(int value, const profiles::ValueOrigin &origin);
    QString textFor(int value) const; // with its unit

    void stepBy(int steps) override;

protected:
    int inheritedValue() const { return m_inherited; }
    QString textFromValue(int value) const override;
    int valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;

private:
    bool isZeroText(int value) const { return value == 0 && !m_zeroText.isEmpty(); }

    const QString m_unit;
    const QString m_zeroText;
    int m_inherited;
    bool m_isOwn = false;
};

// A port, whose box is too narrow for the origin: that is in its tool tip.
class PortBox final : public InheritedNumberBox
{
    Q_OBJECT

public:
    explicit PortBox(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile);
    void store(profiles::Profile &profile) const;
    void showInherited(const profiles::EffectiveProfile &inherited);
};

} // namespace ui
