#include "ui/main/NoticeText.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"

#include <QCoreApplication>

namespace ui {
namespace {

// A banner may be as long as the server likes (RFC 4252 section 5.4); a bar shows this much.
constexpr qsizetype longestBanner = 600;

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
    case ssh::Notice::Kind::Banner: {
        const QString text = base::displayText(
            QStringView(notice.text).first(std::min(notice.text.size(), longestBanner)),
            base::LineBreaks::Keep);
        return tr("%1 says: %2").arg(name, text.trimmed());
    }
    case ssh::Notice::Kind::HostKeyNotStored:
        return tr("The host key of %1 is not known. It was accepted, as the policy says, and not "
                  "saved: %2")
            .arg(name, fingerprintOf(notice));
    case ssh::Notice::Kind::HostKeyStored:
        return tr("The host key of %1 was saved in %2.").arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::HostKeyNotSaved:
        return tr("The host key of %1 was accepted, but could not be saved: %2")
            .arg(name, base::displayText(notice.text));
    case ssh::Notice::Kind::ProxyCommandSaid:
        return tr("The proxy command says: %1").arg(base::displayText(notice.text));
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return tr("%1 let you in without asking for a key or a password.").arg(name);
}

bool isWarning(ssh::Notice::Kind kind)
{
    switch (kind) {
    case ssh::Notice::Kind::Banner:
    case ssh::Notice::Kind::HostKeyStored:
    case ssh::Notice::Kind::ProxyCommandSaid:
        return false;
    case ssh::Notice::Kind::HostKeyNotStored:
    case ssh::Notice::Kind::HostKeyNotSaved:
    case ssh::Notice::Kind::LoginWithoutQuestion:
        break;
    }
    return true;
}

} // namespace ui
