// AliasResolution: asks OpenSSH what an alias of its configuration means, at the moment when the
// tab connects, and tells there what of it has no effect in Ponto.

#pragma once

#include "profiles/OpenSshHost.h"
#include "ui/errors/ErrorText.h"
#include "ui/main/Services.h"

#include <QFuture>
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

    // False if the profile stands for no alias. Otherwise resolved() or failed() follows, unless
    // cancel() comes first.
    bool start(const profiles::Profile &profile);
    void cancel();

signals:
    void resolved(const ssh::ConnectionSettings &settings);
    void failed(const ui::ErrorText &text);

private:
    void handleAnswer(const profiles::Profile &profile,
                      const base::Result<profiles::OpenSshHost> &host);
    void tellAbout(const profiles::OpenSshHost &known, const QString &title);

    Services m_services;
    NoticeBar &m_notice;
    SheetHost &m_host;
    QFuture<base::Result<profiles::OpenSshHost>> m_answer; // while it is waited for
};

} // namespace ui
