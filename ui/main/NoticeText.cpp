#include "ui/main/NoticeText.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"

#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::NoticeText", text);
}

QString fingerprintOf(const ssh::Notice &notice)
{
    return notice.hostKey ? hostkeys::Fingerprint(*notice.hostKey).sha256() : QString();
}

} // namespace

QString noticeText(const ssh::Notice &notice, const QString &host)
{
    const QString name = base::displayText(notice.jumpHost.isEmpty() ? host : notice.jumpHost);
    switch (notice.kind) {
    case ssh::Notice::Kind::Banner:
        return tr("The server %1 says: %2")
            .arg(name, base::displayText(notice.text, base::LineBreaks::Keep).trimmed());
    case ssh::Notice::Kind::HostKeyNotStored:
        return tr("The host key of %1 is not known. It was accepted, as the policy says, and not "
                  "saved: %2")
            .arg(name, fingerprintOf(notice));
    case ssh::Notice::Kind::AuthorityNotChecked:
        return tr("%1 is trusted only by a certificate authority, which Ponto can not check. Its "
                  "key is not known. It was accepted, and not saved: %2")
            .arg(name, fingerprintOf(notice));
    case ssh::Notice::Kind::HostKeyStored:
        return tr("The host key of %1 was saved in %2.").arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::HostKeyKeptForRun:
        return tr("The host key of %1 was accepted until Ponto is closed. It could not be saved: "
                  "%2")
            .arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::ProxyCommandSaid:
        return tr("The proxy command says: %1").arg(base::displayText(notice.text));
    case ssh::Notice::Kind::VariablesDeclined:
        return tr("%1 did not take these variables of the environment: %2. AcceptEnv in its "
                  "sshd_config names those that it does.")
            .arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::DisplayDeclined:
        return tr("%1 does not forward X11: programs there can show no window here. X11Forwarding "
                  "in its sshd_config allows it, and xauth must be installed.")
            .arg(name);
    case ssh::Notice::Kind::NoDisplay:
        return tr("X11 is not forwarded: this desktop has no X server for it (DISPLAY is not set, "
                  "or names another machine).");
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return tr("%1 let you in without asking for a key or a password. Whatever asks for one from "
              "here on is the server, not Ponto.")
        .arg(name);
}

bool isWarning(ssh::Notice::Kind kind)
{
    switch (kind) {
    case ssh::Notice::Kind::Banner:
    case ssh::Notice::Kind::HostKeyStored:
    case ssh::Notice::Kind::ProxyCommandSaid:
    case ssh::Notice::Kind::VariablesDeclined:
    case ssh::Notice::Kind::DisplayDeclined:
    case ssh::Notice::Kind::NoDisplay:
        return false;
    case ssh::Notice::Kind::HostKeyNotStored:
    case ssh::Notice::Kind::AuthorityNotChecked:
    case ssh::Notice::Kind::HostKeyKeptForRun:
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return true;
}

} // namespace ui
