#include "hostkeys/KnownHostsEdit.h"

#include "hostkeys/KnownHostsFile.h"

#include <algorithm>

namespace hostkeys {
namespace {

using Marker = KnownHostsLine::Marker;

base::Failure<base::Error> failure(base::ErrorKind kind, const Location &location)
{
    return base::Failure(
        base::Error{.kind = kind,
                    .operation = QStringLiteral("change line"),
                    .subject = QStringLiteral("%1:%2").arg(location.file).arg(location.line),
                    .detail = {}});
}

FileChange change(const KnownHosts::Entry &entry, const QByteArrayList &after)
{
    return {entry.location.file, {entry.location.line, {entry.bytes}, after}};
}

// The line of `entry` with other names, and every byte behind them as it was.
QByteArray renamed(const KnownHosts::Entry &entry, const QByteArray &names)
{
    const QByteArray &old = entry.line.names();
    QByteArrayView rest = QByteArrayView(entry.bytes).sliced(entry.bytes.indexOf(old) + old.size());
    while (rest.startsWith(' ') || rest.startsWith('\t')) {
        rest = rest.sliced(1);
    }
    return names + ' ' + rest.toByteArray();
}

// A line like that of `entry`, with these names and this key.
QByteArray lineLike(const KnownHosts::Entry &entry, const QByteArray &names, const HostKey &key)
{
    QByteArray line = KnownHostsLine::format(names, key);
    if (!entry.line.comment().isEmpty()) {
        line += ' ' + entry.line.comment();
    }
    return entry.bytes.endsWith('\r') ? line + '\r' : line;
}

// The names of a list but this one; empty if there is no other.
QByteArray namesWithout(const KnownHostsLine &line, const QByteArray &name)
{
    if (line.isHashed()) {
        return {};
    }
    QByteArrayList names = line.names().split(',');
    names.removeIf([&name](const QByteArray &it) { return it.isEmpty() || it.toLower() == name; });
    return names.join(',');
}

bool isReplaced(const KnownHostsLine &line, const HostKey &key)
{
    return line.marker() == Marker::None && line.key() && line.key()->type() == key.type()
        && *line.key() != key;
}

} // namespace

base::Result<FileChange> removalOf(const KnownHosts::Entry &entry)
{
    if (entry.role != KnownHosts::Role::Writable) {
        return failure(base::ErrorKind::ReadOnly, entry.location);
    }
    return change(entry, {});
}

bool canBeHashed(const KnownHostsLine &line)
{
    return line.isEntry() && !line.isHashed() && !line.hasWildcard()
        && line.marker() == Marker::None && !line.keyType().isEmpty();
}

base::Result<FileChange> hashingOf(const KnownHosts::Entry &entry)
{
    if (entry.role != KnownHosts::Role::Writable) {
        return failure(base::ErrorKind::ReadOnly, entry.location);
    }
    if (!canBeHashed(entry.line)) {
        return failure(base::ErrorKind::Unsupported, entry.location);
    }
    QByteArrayList lines;
    for (const QByteArray &name : entry.line.names().split(',')) {
        if (!name.isEmpty()) {
            lines.append(renamed(entry, KnownHostsLine::hashed(name.toLower())));
        }
    }
    return change(entry, lines);
}

base::Result<QList<FileChange>> replacementsOf(const KnownHosts &hosts, QStringView host,
                                               quint16 port, const HostKey &key)
{
    const HostKeyVerdict verdict = hosts.check(host, port, key);
    if (verdict.status == HostKeyVerdict::Status::Revoked) {
        return failure(base::ErrorKind::HostKeyMismatch, verdict.decidedBy.value_or(Location()));
    }
    const QByteArray name = KnownHostsLine::nameOf(host, port);
    QList<FileChange> changes;
    for (const KnownHosts::Entry &entry : hosts.entries(host, port)) {
        if (verdict.status != HostKeyVerdict::Status::Changed || !isReplaced(entry.line, key)) {
            continue;
        }
        if (entry.role != KnownHosts::Role::Writable) {
            return failure(base::ErrorKind::ReadOnly, entry.location);
        }
        if (entry.line.hasWildcard()) {
            return failure(base::ErrorKind::Unsupported, entry.location);
        }
        const QByteArray others = namesWithout(entry.line, name);
        const QByteArray shown = others.isEmpty() ? entry.line.names() : name;
        QByteArrayList after;
        if (!others.isEmpty()) {
            after.append(renamed(entry, others));
        }
        if (changes.isEmpty()) {
            after.append(lineLike(entry, shown, key));
        }
        changes.append(change(entry, after));
    }
    return lastFirst(changes);
}

QList<FileChange> lastFirst(QList<FileChange> changes)
{
    std::ranges::stable_sort(changes, [](const FileChange &a, const FileChange &b) {
        return a.file == b.file ? a.lines.number > b.lines.number : a.file < b.file;
    });
    return changes;
}

QList<FileChange> reversed(const QList<FileChange> &changes)
{
    QList<FileChange> result;
    for (const FileChange &change : changes) {
        result.prepend({change.file, change.lines.reversed()});
    }
    return result;
}

base::Result<void> apply(const QList<FileChange> &changes)
{
    for (qsizetype made = 0; made < changes.size(); ++made) {
        const FileChange &change = changes[made];
        const auto applied = KnownHostsFile(change.file).apply(change.lines);
        if (!applied && made > 0) {
            // The first reason is the one to tell, whether or not this works.
            static_cast<void>(apply(reversed(changes.first(made))));
        }
        if (!applied) {
            return applied;
        }
    }
    return {};
}

} // namespace hostkeys
