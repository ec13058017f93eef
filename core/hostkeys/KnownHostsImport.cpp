#include "hostkeys/KnownHostsImport.h"

#include "hostkeys/KnownHostsFile.h"

#include <algorithm>
#include <limits>

namespace hostkeys {
namespace {

using Marker = KnownHostsLine::Marker;
using Entries = QList<KnownHosts::Entry>;

// Part of the first name where it stands in the middle of a file, and nothing where it is the first
// thing in one: such a line would change its meaning on the way.
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

bool saysTheSame(const KnownHostsLine &a, const KnownHostsLine &b)
{
    return a.marker() == b.marker() && a.names().toLower() == b.names().toLower()
        && a.key() == b.key();
}

bool isKnown(const Entries &entries, const KnownHostsLine &line)
{
    return std::ranges::any_of(
        entries, [&](const KnownHosts::Entry &entry) { return saysTheSame(entry.line, line); });
}

bool contradicts(const KnownHostsLine &known, const KnownHostsLine &line)
{
    if (known.marker() != Marker::None || !known.key() || *known.key() == *line.key()
        || known.key()->type() != line.key()->type()) {
        return false;
    }
    const QByteArrayList names = line.names().split(',');
    return std::ranges::any_of(
        names, [&known](const QByteArray &name) { return known.matches(name.toLower()); });
}

bool isContradicted(const Entries &entries, const KnownHostsLine &line)
{
    return line.marker() == Marker::None
        && std::ranges::any_of(entries, [&](const KnownHosts::Entry &entry) {
               return contradicts(entry.line, line);
           });
}

} // namespace

KnownHostsImport KnownHostsImport::plan(const KnownHosts &hosts, const QByteArray &content)
{
    KnownHostsImport import;
    Entries entries = hosts.allEntries();
    const bool isMarked = content.startsWith(byteOrderMark);
    const QByteArray text = isMarked ? content.sliced(byteOrderMark.size()) : content;
    const auto lines = KnownHosts::survey({{QString(), KnownHosts::Role::ReadOnly, text}});
    for (const KnownHosts::Entry &entry : lines.hosts.allEntries()) {
        if (!entry.line.key() || entry.line.marker() == Marker::Unknown
            || entry.bytes.startsWith(byteOrderMark)) {
            import.unreadable.append(entry.location.line);
        } else if (isKnown(entries, entry.line)) {
            ++import.known;
        } else if (isContradicted(entries, entry.line)) {
            import.contradicting.append(entry.location.line);
        } else {
            const bool hasReturn = entry.bytes.endsWith('\r');
            import.added.append(entry.bytes.chopped(hasReturn ? 1 : 0));
            entries.append(entry);
        }
    }
    return import;
}

base::Result<void> KnownHostsImport::writeTo(const QString &path) const
{
    if (added.isEmpty()) {
        return {};
    }
    // The first creates the file where there is none; the rest comes at once, however much it is.
    const KnownHostsFile file(path);
    if (const auto appended = file.append(added.first()); !appended || added.size() == 1) {
        return appended;
    }
    constexpr qsizetype behindTheLast = std::numeric_limits<qsizetype>::max();
    return file.apply({behindTheLast, {}, added.sliced(1)});
}

} // namespace hostkeys
