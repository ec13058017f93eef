// RoutePage: how a session's server is reached: jump hosts, a proxy or a program, and addresses.

#pragma once

#include "ssh/ProfileSettings.h"
#include "ui/connect/ProfilePage.h"

#include <QList>
#include <QStringList>

class QComboBox;
class QSpinBox;
class QStackedWidget;

namespace ui {

class RoutePage final : public ProfilePage
{
    Q_OBJECT

public:
    // `saved` are the sessions that can be jump hosts, with what they inherit; `aliases` the hosts
    // of OpenSSH's configuration, which can be as well.
    explicit RoutePage(QList<profiles::Profile> saved, QStringList aliases = {},
                       QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

private:
    void createWays();
    QWidget *createProxy();
    QWidget *createCommand();
    void showDetails();
    bool isWithoutJumpHosts() const; // by the user's word, whatever the groups say
    QString nameOf(const profiles::ProfileRoute::JumpHost &host) const;
    base::Result<profiles::ProfileRoute::JumpHost, profiles::AddressError> jumpHostFrom(
        const QString &line) const;
    QString jumpHostProblem() const;
    QString proxyProblem() const;
    QString chainProblem() const;
    ssh::AliasHosts plainHosts() const;

    QList<profiles::Profile> m_saved;
    QStringList m_aliases;
    profiles::Profile m_profile; // as it was loaded
    profiles::EffectiveProfile m_inherited;
    QPlainTextEdit *m_jumpHosts;
    QComboBox *m_through;
    QStackedWidget *m_details; // of what m_through says
    QLineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    QLineEdit *m_proxyUser;
    QLineEdit *m_command;
    QComboBox *m_family;
    QLineEdit *m_bindAddress;
};

} // namespace ui
