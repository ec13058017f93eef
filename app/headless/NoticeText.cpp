#include "app/headless/NoticeText.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString keyText(const hostkeys::HostKey &key)
{
    return u"%1 %2"_s.arg(base::displayText(key.label()), hostkeys::Fingerprint(key).sha256());
}

QString keyText(const std::optional<hostkeys::HostKey> &key)
{
    return key ? keyText(*key) : QString();
}

QString textOf(const ssh::Notice &notice)
{
    using Kind = ssh::Notice::Kind;
    switch (notice.kind) {
    case Kind::Banner:
        return u"The server says:\n"_s
            + base::displayText(notice.text, base::LineBreaks::Keep).trimmed();
    case Kind::HostKeyNotStored:
        return u"Warning: the host key is not known, and was accepted without a check: %1."_s.arg(
            keyText(notice.hostKey));
    case Kind::HostKeyStored:
        return u"The host key was added to %1: %2."_s.arg(base::displayText(notice.text),
                                                          keyText(notice.hostKey));
    case Kind::HostKeyNotSaved:
        return u"Warning: the host key was accepted, and could not be stored: %1."_s.arg(
            base::displayText(notice.text));
    case Kind::ProxyCommandSaid:
        return u"The proxy command says: %1"_s.arg(base::displayText(notice.text));
    case Kind::LoginWithoutQuestion:
        break;
    }
    return u"Warning: the server asked for neither key nor password."_s;
}

} // namespace

QString noticeText(const ssh::Notice &notice)
{
    return notice.jumpHost.isEmpty()
        ? textOf(notice)
        : u"Jump host %1: %2"_s.arg(base::displayText(notice.jumpHost), textOf(notice));
}

QString refusalText(const ssh::HostKeyRefusal &refusal)
{
    using Status = hostkeys::HostKeyVerdict::Status;
    QStringList lines;
    switch (refusal.verdict.status) {
    case Status::Changed:
        lines
            << u"THE HOST KEY HAS CHANGED. Somebody may be listening in, or the server was set up anew."_s;
        break;
    case Status::Revoked:
        lines << u"THE HOST KEY IS REVOKED. It must not be trusted any more."_s;
        break;
    case Status::OtherType:
        lines
            << u"The host is known by keys of other types only, which is refused by the policy %1."_s
                   .arg(hostkeys::name(refusal.policy));
        break;
    default:
        lines << u"The host key is not known, which is refused by the policy %1."_s.arg(
            hostkeys::name(refusal.policy));
        break;
    }
    lines << u"  offered: %1"_s.arg(keyText(refusal.key));
    for (const hostkeys::KnownKey &known : refusal.verdict.knownKeys) {
        lines << u"  known:   %1, %2:%3"_s
                     .arg(keyText(known.key), base::displayText(known.location.file))
                     .arg(known.location.line);
    }
    return lines.join(u'\n');
}

} // namespace app
