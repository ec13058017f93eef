// AlgorithmListEdit: the algorithms of a session, list by list: which are offered, and in which
// order. Checked ones are, the uppermost first.

#pragma once

#include "profiles/EffectiveProfile.h"

#include <QWidget>

#include <array>
#include <optional>

class QComboBox;
class QListWidget;
class QToolButton;

namespace ui {

class PlainLabel;

class AlgorithmListEdit final : public QWidget
{
    Q_OBJECT

public:
    enum class Choice {
        All,
        ModernOnly, // nothing that has been given up as weak
    };

    explicit AlgorithmListEdit(Choice choice, QWidget *parent = nullptr);

    // What is offered where the profile has no list is inherited, or comes from the preset.
    void load(const profiles::Profile &profile);
    void setPreset(profiles::AlgorithmPreset preset);
    void showInherited(const profiles::EffectiveProfile &inherited);

    // A list that is as it is inherited is not stored. One that is as the preset has it is stored
    // as empty, and follows the preset then.
    void store(profiles::Profile &profile) const;

    // One sentence if a list offers nothing.
    QString problem() const;

private:
    profiles::AlgorithmList current() const;
    QStringList inheritedNames(profiles::AlgorithmList list) const;
    QStringList shownNames(profiles::AlgorithmList list) const;
    QString remark(profiles::AlgorithmList list) const;
    void showList();
    void takeList();
    void move(int by);
    void reset();
    void updateButtons();

    const Choice m_choice;
    profiles::AlgorithmPreset m_preset = profiles::AlgorithmPreset::Modern;
    profiles::EffectiveProfile m_inherited;
    // By AlgorithmList. Absent: inherited.
    std::array<std::optional<QStringList>, profiles::allAlgorithmLists.size()> m_own;
    QComboBox *m_which;
    QListWidget *m_names;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_reset;
    PlainLabel *m_remark;
};

} // namespace ui
