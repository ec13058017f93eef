// AliasResolution: asks OpenSSH what the hosts of its configuration mean that a session is or leads
// through, at the moment when the tab connects, and tells there what of it has no effect in Ponto.

#pragma once

#include "ui/errors/ErrorText.h"
#include "ui/main/Services.h"

#include <QObject>

namespace ui {

class NoticeBar;
class SheetHost;

class AliasResolution final : public QObject
{
    Q_OBJECT

public:
    // Notices are shown in `notice`, their details in `host`; both outlive this.
    AliasResolution(const Services &services, NoticeBar &notice, SheetHost &host, QObject *parent);

    // False if the profile needs no such host. Otherwise resolved() or failed() follows, unless
    // cancel() comes first.
    bool start(const profiles::Profile &profile);
    void cancel();

signals:
    void resolved(const ssh::ConnectionSettings &settings);
    void failed(const ui::ErrorText &text);

private:
    void tellLostOptions(const ssh::ConnectionSettings &settings);

    Services m_services;
    NoticeBar &m_notice;
    SheetHost &m_host;
    ssh::AliasSettings *m_question = nullptr; // a child; null: OpenSSH is not to be asked
    QString m_title; // of the session
};

} // namespace ui
