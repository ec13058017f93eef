#include "commands/OutputGroups.h"

#include <QHash>

#include <algorithm>

namespace commands {

QList<OutputGroup> groupedByOutput(const QList<HostOutput> &outputs)
{
    QList<OutputGroup> groups;
    QHash<QByteArray, qsizetype> places; // by digest
    for (const HostOutput &output : outputs) {
        const QByteArray digest = output.output->digest();
        const auto known = places.constFind(digest);
        if (known == places.cend()) {
            places.insert(digest, groups.size());
            groups.append({digest, output.output->size(), {output.host}});
        } else {
            groups[*known].hosts.append(output.host);
        }
    }
    std::ranges::stable_sort(groups, std::ranges::greater(),
                             [](const OutputGroup &group) { return group.hosts.size(); });
    return groups;
}

} // namespace commands
