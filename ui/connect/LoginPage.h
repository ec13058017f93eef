// LoginPage: what a session logs in with.

#pragma once

#include "ui/connect/ProfilePage.h"

namespace ui {

class InheritedCheckBox;
class InheritedNumberBox;
class LoginOrderList;

class LoginPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit LoginPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;

private:
    QLayout *createKeyRow();
    void chooseKeyFiles();
    void showSwitches(); // in the order too

    QPlainTextEdit *m_keyFiles;
    InheritedCheckBox *m_useAgent;
    InheritedCheckBox *m_useDefaultKeys;
    InheritedCheckBox *m_identitiesOnly;
    QLineEdit *m_identityAgent;
    LoginOrderList *m_order;
    InheritedNumberBox *m_rememberFor; // minutes
};

} // namespace ui
