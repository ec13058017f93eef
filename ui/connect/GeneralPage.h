// GeneralPage: where a session leads, and what the user calls it.

#pragma once

#include "ui/connect/ProfilePage.h"

class QComboBox;

namespace ui {

class PortBox;

class GeneralPage final : public ProfilePage
{
    Q_OBJECT

public:
    // `groups` are those to choose from; a new one can be typed.
    explicit GeneralPage(const QStringList &groups, QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

private:
    void takeAddress();

    QLineEdit *m_host;
    PortBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_name;
    QComboBox *m_group;
    QPlainTextEdit *m_notes;
};

} // namespace ui
