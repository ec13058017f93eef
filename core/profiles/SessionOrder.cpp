#include "profiles/SessionOrder.h"

#include "profiles/ProfileStore.h"

#include <QLocale>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace profiles {
namespace {

struct Entry
{
    int position;
    QCollatorSortKey title;
    Profile profile;
};

} // namespace

QCollator titleCollator()
{
    const QLocale locale;
    // The C locale does not know numbers.
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

void sortAsShown(QList<Profile> &sessions)
{
    const QCollator collator = titleCollator();
    std::vector<Entry> entries;
    entries.reserve(static_cast<std::size_t>(sessions.size()));
    for (Profile &profile : sessions) {
        const int position
            = profile.position > 0 ? profile.position : std::numeric_limits<int>::max();
        QCollatorSortKey title = collator.sortKey(profile.title());
        entries.push_back({position, std::move(title), std::move(profile)});
    }
    std::ranges::stable_sort(entries, [](const Entry &first, const Entry &second) {
        return first.position != second.position ? first.position < second.position
                                                 : first.title.compare(second.title) < 0;
    });
    std::ranges::transform(entries, sessions.begin(),
                           [](Entry &entry) { return std::move(entry.profile); });
}

QList<Profile> sessionsOf(const QString &group, const ProfileStore &store)
{
    QList<Profile> sessions;
    std::ranges::copy_if(store.profiles(), std::back_inserter(sessions),
                         [&](const Profile &profile) { return profile.group == group; });
    sortAsShown(sessions);
    return sessions;
}

} // namespace profiles
