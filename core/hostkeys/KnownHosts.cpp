#include "hostkeys/KnownHosts.h"

#include "hostkeys/KnownHostsFile.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hostkeys {
namespace {

using Marker = KnownHostsLine::Marker;
using Status = HostKeyVerdict::Status;

constexpr quint16 standardPort = 22;

// What the lines of one name say, sorted by what it is good for.
struct Evidence
{
    Evidence(const QList<KnownHosts::Entry> &entries, const HostKey &key);

    bool isEmpty() const { return known.isEmpty() && !unreadable && !suspicion; }

    QList<KnownKey> known;
    std::optional<Location> revoked; // this very key
    std::optional<Location> suspicion; // forbids something, but what cannot be read
    std::optional<Location> unreadable; // names a key that cannot be read
    bool hasCertificateAuthority = false;
};

void keepFirst(std::optional<Location> &place, const Location &location)
{
    if (!place) {
        place = location;
    }
}

Evidence::Evidence(const QList<KnownHosts::Entry> &entries, const HostKey &key)
{
    for (const auto &[location, line, bytes, role] : entries) {
        const std::optional<HostKey> &listed = line.key();
        switch (line.marker()) {
        case Marker::CertificateAuthority:
            hasCertificateAuthority = true;
            break;
        case Marker::Revoked:
            if (!listed) {
                keepFirst(suspicion, location);
            } else if (*listed == key) {
                keepFirst(revoked, location);
            }
            break;
        case Marker::Unknown:
            keepFirst(suspicion, location);
            break;
        case Marker::None:
            if (listed) {
                known.append({*listed, location});
            } else {
                keepFirst(unreadable, location);
            }
            break;
        }
    }
}

template<typename Predicate>
std::optional<Location> locationOf(const QList<KnownKey> &keys, Predicate predicate)
{
    const auto found = std::find_if(keys.begin(), keys.end(), predicate);
    return found != keys.end() ? std::optional(found->location) : std::nullopt;
}

HostKeyVerdict judge(const Evidence &evidence, const HostKey &key)
{
    const auto verdict = [&evidence](Status status, std::optional<Location> decidedBy) {
        return HostKeyVerdict{status, std::move(decidedBy), evidence.known,
                              evidence.hasCertificateAuthority};
    };
    const auto same = locationOf(evidence.known, [&](const auto &it) { return it.key == key; });
    const auto sameType
        = locationOf(evidence.known, [&](const auto &it) { return it.key.type() == key.type(); });

    if (evidence.revoked) {
        return verdict(Status::Revoked, evidence.revoked);
    }
    if (same && !evidence.suspicion) {
        return verdict(Status::Ok, same);
    }
    if (sameType && !same) {
        return verdict(Status::Changed, sameType);
    }
    if (evidence.suspicion) {
        return verdict(Status::OtherType, evidence.suspicion);
    }
    if (!evidence.known.isEmpty()) {
        return verdict(Status::OtherType, evidence.known.first().location);
    }
    if (evidence.unreadable) {
        return verdict(Status::OtherType, evidence.unreadable);
    }
    return verdict(Status::Unknown, std::nullopt);
}

// A name that a known_hosts line can hold without meaning something else there.
bool isPlainName(QByteArrayView name)
{
    constexpr QByteArrayView special("*?!,|#@\"");
    return std::all_of(name.begin(), name.end(),
                       [&](char c) { return c > ' ' && c <= '~' && !special.contains(c); });
}

// Lines whose names ssh-keygen -H would leave as they are do not count.
bool hashesNames(const QList<KnownHosts::Entry> &entries)
{
    bool anyHashed = false;
    for (const auto &[location, line, bytes, role] : entries) {
        if (!line.isEntry() || line.marker() != Marker::None || line.hasWildcard()) {
            continue;
        }
        if (!line.isHashed()) {
            return false;
        }
        anyHashed = true;
    }
    return anyHashed;
}

base::Failure<base::Error> failure(base::ErrorKind kind, QStringView host)
{
    return base::Failure(base::Error{.kind = kind,
                                     .operation = QStringLiteral("store host key"),
                                     .subject = host.toString(),
                                     .detail = {}});
}

} // namespace

base::Result<KnownHosts> KnownHosts::load(const QList<Source> &sources)
{
    KnownHosts hosts;
    for (const Source &source : sources) {
        auto file = loadFile(source);
        if (!file) {
            return base::Failure(file.error());
        }
        hosts.m_files.append(*std::move(file));
    }
    return hosts;
}

KnownHosts::Survey KnownHosts::survey(const QList<Source> &sources)
{
    Survey result;
    for (const Source &source : sources) {
        if (auto file = loadFile(source)) {
            result.hosts.m_files.append(*std::move(file));
        } else {
            result.unreadable.append(file.error());
        }
    }
    return result;
}

base::Result<KnownHosts::File> KnownHosts::loadFile(const Source &source)
{
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF"); // some editors put it there

    const auto content
        = source.text ? base::Result<QByteArray>(*source.text) : KnownHostsFile(source.path).read();
    if (!content) {
        return base::Failure(content.error());
    }
    File file{source, {}};
    QByteArrayView rest = *content;
    while (!rest.isEmpty()) {
        const qsizetype feed = rest.indexOf('\n');
        const QByteArrayView bytes = feed < 0 ? rest : rest.first(feed);
        const bool isMarked = file.lines.isEmpty() && bytes.startsWith(byteOrderMark);
        const QByteArrayView words = isMarked ? bytes.sliced(byteOrderMark.size()) : bytes;
        file.lines.append({{source.path, file.lines.size() + 1},
                           KnownHostsLine::parse(words),
                           bytes.toByteArray(),
                           source.role});
        rest = feed < 0 ? QByteArrayView() : rest.sliced(feed + 1);
    }
    return file;
}

HostKeyVerdict KnownHosts::check(QStringView host, quint16 port, const HostKey &key) const
{
    const Evidence own(entries(host, port), key);
    HostKeyVerdict verdict = judge(own, key);
    if (port == standardPort || verdict.status == Status::Revoked) {
        return verdict;
    }

    const Evidence plain(entries(host, standardPort), key);
    HostKeyVerdict plainVerdict = judge(plain, key);
    const bool plainCounts = own.isEmpty() && plainVerdict.status == Status::Ok;
    if (plainCounts || plainVerdict.status == Status::Revoked) {
        return plainVerdict;
    }
    return verdict;
}

QList<QByteArray> KnownHosts::knownTypes(QStringView host, quint16 port) const
{
    const auto typesOf = [](const QList<Entry> &entries) {
        QList<QByteArray> types;
        for (const auto &[location, line, bytes, role] : entries) {
            const std::optional<HostKey> &key = line.key();
            if (line.marker() == Marker::None && key && !types.contains(key->type())) {
                types.append(key->type());
            }
        }
        return types;
    };

    const QList<QByteArray> types = typesOf(entries(host, port));
    return types.isEmpty() ? typesOf(entries(host, standardPort)) : types;
}

template<typename Predicate>
QList<KnownHosts::Entry> KnownHosts::entriesThat(Predicate isWanted) const
{
    QList<Entry> found;
    for (const File &file : m_files) {
        std::copy_if(file.lines.begin(), file.lines.end(), std::back_inserter(found),
                     [&](const Entry &entry) { return isWanted(entry.line); });
    }
    return found;
}

QList<KnownHosts::Entry> KnownHosts::allEntries() const
{
    return entriesThat([](const KnownHostsLine &line) { return line.isEntry(); });
}

QList<KnownHosts::Entry> KnownHosts::entries(QStringView host, quint16 port) const
{
    const QByteArray name = KnownHostsLine::nameOf(host, port);
    return entriesThat([&](const KnownHostsLine &line) { return line.matches(name); });
}

const KnownHosts::File *KnownHosts::firstWritable() const
{
    const auto found = std::find_if(m_files.begin(), m_files.end(), [](const File &file) {
        return file.source.role == Role::Writable;
    });
    return found != m_files.end() ? &*found : nullptr;
}

base::Result<QString> KnownHosts::append(QStringView host, quint16 port, const HostKey &key,
                                         NameForm form)
{
    const QByteArray name = KnownHostsLine::nameOf(host, port);
    if (host.isEmpty() || !isPlainName(name)) {
        return failure(base::ErrorKind::InvalidName, host);
    }
    if (const auto reloaded = reload(); !reloaded) {
        return base::Failure(reloaded.error());
    }
    const HostKeyVerdict verdict = check(host, port, key);
    switch (verdict.status) {
    case Status::Ok:
        return verdict.decidedBy.value_or(Location()).file;
    case Status::Changed:
    case Status::Revoked:
        return failure(base::ErrorKind::HostKeyMismatch, host);
    case Status::Unknown:
    case Status::OtherType:
        break;
    }

    const File *file = firstWritable();
    if (file == nullptr) {
        return failure(base::ErrorKind::ReadOnly, host);
    }
    const bool hashes = form == NameForm::Hashed || hashesNames(file->lines);
    const QByteArray shown = hashes ? KnownHostsLine::hashed(name) : name;
    QString path = file->source.path;
    return KnownHostsFile(path)
        .append(KnownHostsLine::format(shown, key))
        .and_then([this] { return reload(); })
        .transform([&path] { return std::move(path); });
}

base::Result<void> KnownHosts::reload()
{
    QList<Source> sources;
    for (const File &file : std::as_const(m_files)) {
        sources.append(file.source);
    }
    auto fresh = load(sources);
    if (!fresh) {
        return base::Failure(fresh.error());
    }
    *this = *std::move(fresh);
    return {};
}

} // namespace hostkeys
