// GroupPage: what a group is called, where it stands, and the address parts that its sessions
// inherit. The profile that it loads and stores has the group's own name as `name`, and the group
// above as `group`.

#pragma once

#include "ui/connect/ProfilePage.h"

namespace ui {

class PortBox;

class GroupPage final : public ProfilePage
{
    Q_OBJECT

public:
    // `groups` are those to choose from as the group above.
    explicit GroupPage(const QStringList &groups, QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

private:
    QLineEdit *m_name;
    QComboBox *m_group;
    QLineEdit *m_user;
    PortBox *m_port;
};

} // namespace ui
