#include "app/headless/NoticeText.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"

#include <algorithm>

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
        return u"The server says:\n"_s + quotedServerText(notice.text);
    case Kind::HostKeyNotStored:
        return u"Warning: the host key is not known, and was accepted without a check: %1."_s.arg(
            keyText(notice.hostKey));
    case Kind::AuthorityNotChecked:
        return u"Warning: this host is trusted only by a certificate authority, which Ponto can "
               u"not "
               "check. Its key is not known, and was accepted without a check: %1."_s.arg(
                   keyText(notice.hostKey));
    case Kind::HostKeyStored:
        return u"The host key was added to %1: %2."_s.arg(base::displayText(notice.text),
                                                          keyText(notice.hostKey));
    case Kind::HostKeyKeptForRun:
        return u"Warning: the host key was accepted for this run only, and could not be stored "
               "(%1): %2."_s.arg(base::displayText(notice.text), keyText(notice.hostKey));
    case Kind::ProxyCommandSaid:
        return u"The proxy command says: %1"_s.arg(base::displayText(notice.text));
    case Kind::VariablesDeclined:
        return u"The server did not take these variables: %1 (AcceptEnv in its sshd_config)."_s.arg(
            base::displayText(notice.text));
    case Kind::DisplayDeclined:
        return u"The server does not forward X11 (X11Forwarding in its sshd_config, and xauth)."_s;
    case Kind::NoDisplay:
        return u"X11 is not forwarded: DISPLAY names no X server of this machine."_s;
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

bool isWorthTelling(const ssh::Notice &notice)
{
    return notice.kind != ssh::Notice::Kind::NoDisplay
        && notice.kind != ssh::Notice::Kind::VariablesDeclined;
}

QString agentWaitText(const ssh::AgentWait &wait)
{
    return u"Touch your security key: %1 %2"_s.arg(base::displayText(wait.comment),
                                                   wait.fingerprint);
}

QString quotedServerText(const QString &text)
{
    const QString shown = base::displayText(text, base::LineBreaks::Keep).trimmed();
    return u"  | "_s + QString(shown).replace(u"\n"_s, u"\n  | "_s);
}

QString refusalText(const ssh::HostKeyRefusal &refusal)
{
    using Status = hostkeys::HostKeyVerdict::Status;
    QStringList lines;
    const QString policy = hostkeys::name(refusal.policy);
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
            << u"The host is known by keys of other types only, or by a line that can not be read, which is refused by the policy %1."_s
                   .arg(policy);
        break;
    default:
        lines << u"The host key %1 is not known, which is refused by the policy %2."_s.arg(
            keyText(refusal.key), policy);
        break;
    }
    if (refusal.verdict.hasCertificateAuthority) {
        lines
            << u"  A certificate authority is trusted for this host, which Ponto can not check."_s;
    }
    lines << u"  offered: %1"_s.arg(keyText(refusal.key));
    for (const hostkeys::KnownKey &known : refusal.verdict.knownKeys) {
        lines << u"  known:   %1, %2:%3"_s
                     .arg(keyText(known.key), base::displayText(known.location.file))
                     .arg(known.location.line);
    }
    const auto &decidedBy = refusal.verdict.decidedBy;
    const bool isNamed = decidedBy
        && std::ranges::contains(refusal.verdict.knownKeys, *decidedBy,
                                 &hostkeys::KnownKey::location);
    if (decidedBy && !isNamed) {
        lines
            << u"  because of %1:%2"_s.arg(base::displayText(decidedBy->file)).arg(decidedBy->line);
    }
    return lines.join(u'\n');
}

} // namespace app
