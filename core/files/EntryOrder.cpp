#include "files/EntryOrder.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace files {
namespace {

// A text whose plain comparison orders names naturally. It is made once for each entry, because a
// sort compares each entry many times.
//
// A run of digits becomes "0", its length without leading zeros, and its digits: a longer number is
// a greater one. Names that differ in case or zeros alone stay apart by their bytes.
QString naturalKey(const QByteArray &name)
{
    const QString text
        = QString::fromUtf8(name).normalized(QString::NormalizationForm_D).toCaseFolded();
    QString key;
    key.reserve(text.size() + 8);
    const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
    for (qsizetype i = 0; i < text.size();) {
        if (!isDigit(text[i])) {
            key += text[i++];
            continue;
        }
        while (i + 1 < text.size() && text[i] == QLatin1Char('0') && isDigit(text[i + 1])) {
            ++i;
        }
        const qsizetype start = i;
        while (i < text.size() && isDigit(text[i])) {
            ++i;
        }
        key += QLatin1Char('0');
        key += QChar(static_cast<char16_t>(i - start));
        key += QStringView(text).sliced(start, i - start);
    }
    return key;
}

struct SortKey
{
    qsizetype index = 0; // in the unsorted list
    bool isEnterable = false;
    qint64 number = 0;
    QString text;
    QString name;
};

constexpr qint64 untold = std::numeric_limits<qint64>::min();

qint64 sizeOf(const FileEntry &entry)
{
    // Sizes above 2^63 do not exist but can be claimed: they stay at the end.
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    return entry.attributes.size ? static_cast<qint64>(std::min(*entry.attributes.size, largest))
                                 : untold;
}

SortKey keyOf(const FileEntry &entry, qsizetype index, EntryOrder::Key key)
{
    SortKey result{index, entry.isEnterable(), 0, QString(), naturalKey(entry.name)};
    switch (key) {
    case EntryOrder::Key::Name:
        result.text = result.name;
        break;
    case EntryOrder::Key::Size:
        result.number = sizeOf(entry);
        break;
    case EntryOrder::Key::ModificationTime:
        result.number = entry.attributes.modificationTime.value_or(untold);
        break;
    case EntryOrder::Key::Mode:
        result.number = entry.attributes.mode() ? entry.attributes.mode()->bits() : untold;
        break;
    case EntryOrder::Key::Owner:
        result.text = entry.owner + QLatin1Char('/') + entry.group;
        break;
    case EntryOrder::Key::Group:
        result.text = entry.group;
        break;
    case EntryOrder::Key::Kind:
        result.number = static_cast<qint64>(entry.attributes.type());
        result.text = QString::fromUtf8(entry.suffix().toLower());
        break;
    case EntryOrder::Key::LinkTarget:
        result.text = naturalKey(entry.linkTarget);
        break;
    case EntryOrder::Key::AccessTime:
        result.number = entry.attributes.accessTime.value_or(untold);
        break;
    }
    return result;
}

} // namespace

EntryOrder::EntryOrder(Key key, Qt::SortOrder direction)
    : m_key(key)
    , m_direction(direction)
{
}

QList<FileEntry> EntryOrder::sorted(const QList<FileEntry> &entries) const
{
    std::vector<SortKey> keys;
    keys.reserve(static_cast<std::size_t>(entries.size()));
    for (qsizetype i = 0; i < entries.size(); ++i) {
        keys.push_back(keyOf(entries[i], i, m_key));
    }
    const auto isBefore = [&](const SortKey &a, const SortKey &b) {
        if (a.isEnterable != b.isEnterable) {
            return a.isEnterable;
        }
        const bool ascends = m_direction == Qt::AscendingOrder;
        if (a.number != b.number) {
            return ascends == (a.number < b.number);
        }
        if (const int byText = QString::compare(a.text, b.text); byText != 0) {
            return ascends == (byText < 0);
        }
        const int byName = QString::compare(a.name, b.name);
        return byName != 0 ? byName < 0 : entries[a.index].name < entries[b.index].name;
    };
    std::sort(keys.begin(), keys.end(), isBefore);

    QList<FileEntry> result;
    result.reserve(entries.size());
    for (const SortKey &key : keys) {
        result.append(entries[key.index]);
    }
    return result;
}

} // namespace files
