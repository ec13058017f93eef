#include "app/headless/KnownHostsVerb.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "hostkeys/KnownHostsEdit.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using hostkeys::KnownHosts;
using Status = hostkeys::HostKeyVerdict::Status;

// A line on standard output.
void print(const QString &text)
{
    const QByteArray line = text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
}

QString placeOf(const hostkeys::Location &location)
{
    return u"%1:%2"_s.arg(base::displayText(location.file)).arg(location.line);
}

QString wordFor(Status status)
{
    switch (status) {
    case Status::Ok:
        return u"ok"_s;
    case Status::Unknown:
        return u"unknown"_s;
    case Status::OtherType:
        return u"other-type"_s;
    case Status::Revoked:
        return u"revoked"_s;
    case Status::Changed:
        break;
    }
    return u"changed"_s;
}

QString markerText(const hostkeys::KnownHostsLine &line)
{
    using Marker = hostkeys::KnownHostsLine::Marker;
    switch (line.marker()) {
    case Marker::CertificateAuthority:
        return u"@cert-authority "_s;
    case Marker::Revoked:
        return u"@revoked "_s;
    case Marker::Unknown:
        return u"@? "_s;
    case Marker::None:
        break;
    }
    return {};
}

// As `ssh-keygen -l` prints it: size, fingerprint, names, type.
QString listing(const KnownHosts::Entry &entry)
{
    const QString names = markerText(entry.line) + base::displayText(entry.line.names());
    const auto &key = entry.line.key();
    if (!key) {
        return u"%1 %2 (a key that can not be read)"_s.arg(placeOf(entry.location), names);
    }
    return u"%1 %2 %3 %4 (%5)"_s.arg(placeOf(entry.location))
        .arg(key->bits())
        .arg(hostkeys::Fingerprint(*key).sha256(), names, base::displayText(key->label()));
}

// False if some of the files cannot be read, which is then told.
bool tellUnreadable(const KnownHosts::Survey &survey)
{
    for (const base::Error &error : survey.unreadable) {
        report(error);
    }
    return survey.unreadable.isEmpty();
}

} // namespace

KnownHostsVerb::KnownHostsVerb(KnownHostsRequest request, hostkeys::TrustScope scope)
    : m_request(std::move(request))
    , m_scope(std::move(scope))
{
}

// The work is that of milliseconds, and nothing else waits in this process.
void KnownHostsVerb::start()
{
    ExitStatus status = run();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        status = ExitStatus::SomeFailed; // nobody has read the answer
    }
    emit finished(static_cast<int>(status));
}

void KnownHostsVerb::interrupt(int signal)
{
    emit finished(exitStatusOfSignal(signal));
}

ExitStatus KnownHostsVerb::run() const
{
    switch (m_request.action) {
    case KnownHostsRequest::Action::Check:
        return check();
    case KnownHostsRequest::Action::Find:
        return find();
    case KnownHostsRequest::Action::List:
        return list();
    case KnownHostsRequest::Action::Add:
        return add();
    case KnownHostsRequest::Action::Remove:
        break;
    }
    return remove();
}

// While a file cannot be read, a key may be changed or revoked by the others, and nothing else.
ExitStatus KnownHostsVerb::check() const
{
    const auto survey = KnownHosts::survey(m_scope.sources);
    const hostkeys::HostKeyVerdict verdict
        = survey.hosts.check(m_scope.host, m_scope.port, *m_request.key);
    const bool isBad = verdict.status == Status::Changed || verdict.status == Status::Revoked;
    if (!tellUnreadable(survey) && !isBad) {
        return ExitStatus::SomeFailed;
    }
    const QString word = wordFor(verdict.status);
    print(verdict.decidedBy ? word + u' ' + placeOf(*verdict.decidedBy) : word);
    if (verdict.hasCertificateAuthority && verdict.status != Status::Ok) {
        report(u"A certificate authority is trusted for this host, which Ponto can not check."_s);
    }
    return verdict.status == Status::Ok ? ExitStatus::Success : ExitStatus::SomeFailed;
}

ExitStatus KnownHostsVerb::find() const
{
    const auto survey = KnownHosts::survey(m_scope.sources);
    const auto entries = survey.hosts.entries(m_scope.host, m_scope.port);
    for (const KnownHosts::Entry &entry : entries) {
        print(placeOf(entry.location) + u' ' + base::displayText(entry.bytes.trimmed()));
    }
    return tellUnreadable(survey) && !entries.isEmpty() ? ExitStatus::Success
                                                        : ExitStatus::SomeFailed;
}

ExitStatus KnownHostsVerb::list() const
{
    const auto survey = KnownHosts::survey(m_scope.sources);
    for (const KnownHosts::Entry &entry : survey.hosts.allEntries()) {
        print(listing(entry));
    }
    return tellUnreadable(survey) ? ExitStatus::Success : ExitStatus::SomeFailed;
}

ExitStatus KnownHostsVerb::add() const
{
    auto hosts = KnownHosts::load(m_scope.sources);
    const auto added = hosts
        ? hosts->append(m_scope.host, m_scope.port, *m_request.key, m_scope.form)
        : base::Failure(hosts.error());
    if (!added) {
        report(added.error());
        return ExitStatus::SomeFailed;
    }
    const auto fresh = hosts->check(m_scope.host, m_scope.port, *m_request.key);
    print(placeOf(fresh.decidedBy.value_or(hostkeys::Location{*added})));
    return ExitStatus::Success;
}

// What ssh-keygen -R removes: every line that speaks of the host and has no marker, in the files
// that are ours.
ExitStatus KnownHostsVerb::remove() const
{
    const auto survey = KnownHosts::survey(m_scope.sources);
    bool isWhole = tellUnreadable(survey);
    QList<hostkeys::FileChange> changes;
    QStringList places;
    for (const KnownHosts::Entry &entry : survey.hosts.entries(m_scope.host, m_scope.port)) {
        if (entry.line.marker() != hostkeys::KnownHostsLine::Marker::None) {
            continue;
        }
        if (const auto removal = hostkeys::removalOf(entry)) {
            changes.append(*removal);
            places.append(placeOf(entry.location));
        } else {
            report(removal.error());
            isWhole = false;
        }
    }
    if (const auto removed = hostkeys::apply(hostkeys::lastFirst(changes)); !removed) {
        report(removed.error());
        return ExitStatus::SomeFailed;
    }
    for (const QString &place : std::as_const(places)) {
        print(place);
    }
    return isWhole && !places.isEmpty() ? ExitStatus::Success : ExitStatus::SomeFailed;
}

} // namespace app
