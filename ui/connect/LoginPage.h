// LoginPage: what a session logs in with.

#pragma once

#include "ui/connect/ProfilePage.h"

class QCheckBox;

namespace ui {

class LoginPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit LoginPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;

private:
    void chooseKeyFiles();

    QPlainTextEdit *m_keyFiles;
    QCheckBox *m_useAgent;
    QCheckBox *m_useDefaultKeys;
};

} // namespace ui
