// ShellPage: what a session starts on its server, and what it gives to that.

#pragma once

#include "ui/connect/ProfilePage.h"

namespace ui {

class InheritedCheckBox;

class ShellPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit ShellPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

private:
    bool hasNoVariables() const; // by the user's word, whatever the groups say

    QLineEdit *m_command;
    QPlainTextEdit *m_environment;
    InheritedCheckBox *m_forwardAgent;
    InheritedCheckBox *m_asksForAgent;
    InheritedCheckBox *m_forwardX11;
};

} // namespace ui
