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
    const QString name = base::displayText(host);
    switch (notice.kind) {
    case ssh::Notice::Kind::Banner:
        return tr("The server %1 says: %2")
            .arg(name, base::displayText(notice.text, base::LineBreaks::Keep).trimmed());
    case ssh::Notice::Kind::HostKeyNotStored:
        return tr("The host key of %1 is not known. It was accepted, as the policy says, and not "
                  "saved: %2")
            .arg(name, fingerprintOf(notice));
    case ssh::Notice::Kind::HostKeyStored:
        return tr("The host key of %1 was saved in %2.").arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::HostKeyNotSaved:
        return tr("The host key of %1 was accepted, but could not be saved: %2")
            .arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return tr("%1 let you in without asking for a key or a password. Whatever asks for one from "
              "here "
              "on is the server, not Ponto.")
        .arg(name);
}

bool isWarning(ssh::Notice::Kind kind)
{
    switch (kind) {
    case ssh::Notice::Kind::Banner:
    case ssh::Notice::Kind::HostKeyStored:
        return false;
    case ssh::Notice::Kind::HostKeyNotStored:
    case ssh::Notice::Kind::HostKeyNotSaved:
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return true;
}

} // namespace ui
