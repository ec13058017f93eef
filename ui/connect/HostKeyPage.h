// HostKeyPage: how a session tells that the server is the right one.

#pragma once

#include "ui/connect/ProfilePage.h"

class QComboBox;

namespace ui {

class HostKeyPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit HostKeyPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;

private:
    QComboBox *m_policy;
};

} // namespace ui
