#include "app/headless/FileListing.h"

#include "base/DisplayText.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

namespace app {
namespace {

const QByteArray unknown = QByteArrayLiteral("?");

char typeLetter(files::FileType type)
{
    using files::FileType;
    switch (type) {
    case FileType::Regular:
        return '-';
    case FileType::Directory:
        return 'd';
    case FileType::SymbolicLink:
        return 'l';
    case FileType::Fifo:
        return 'p';
    case FileType::Socket:
        return 's';
    case FileType::CharacterDevice:
        return 'c';
    case FileType::BlockDevice:
        return 'b';
    case FileType::Unknown:
        break;
    }
    return '?';
}

QByteArray modeText(const files::FileAttributes &attributes)
{
    const auto mode = attributes.mode();
    return typeLetter(attributes.type())
        + (mode ? mode->toSymbolic().toLatin1() : QByteArray(9, '?'));
}

QByteArray sizeText(const files::FileAttributes &attributes)
{
    return attributes.size ? QByteArray::number(*attributes.size) : unknown;
}

// Local time to the minute. localtime_r(3), because a QDateTime of each file would take longer than
// the listing itself.
QByteArray timeText(const std::optional<qint64> &seconds)
{
    const std::time_t time = seconds.value_or(0);
    std::tm local = {};
    std::array<char, 32> text;
    if (!seconds || ::localtime_r(&time, &local) == nullptr) {
        return unknown;
    }
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &local);
    return {text.data(), static_cast<qsizetype>(size)};
}

// A column of names that many files share: each is made fit for a terminal once.
class NameColumn
{
public:
    void add(const QString &name)
    {
        Text &text = m_texts[name];
        if (text.bytes.isEmpty()) {
            const QString shown
                = name.isEmpty() ? QString::fromLatin1(unknown) : base::displayText(name);
            text = {shown.toUtf8(), shown.size()};
        }
        m_width = std::max(m_width, text.width);
    }

    void append(QByteArray &line, const QString &name) const
    {
        const Text text = m_texts.value(name);
        line.append(text.bytes).append(m_width - text.width, ' ');
    }

private:
    struct Text
    {
        QByteArray bytes; // UTF-8
        qsizetype width = 0; // in UTF-16 units
    };

    QHash<QString, Text> m_texts;
    qsizetype m_width = 0;
};

QByteArray nameText(const files::FileEntry &entry, NameForm form)
{
    const auto shown = [form](const QByteArray &name) {
        return form == NameForm::Exact ? name : base::displayText(QByteArrayView(name)).toUtf8();
    };
    return entry.linkTarget.isEmpty() ? shown(entry.name)
                                      : shown(entry.name) + " -> " + shown(entry.linkTarget);
}

} // namespace

QByteArray fileListing(const QList<files::FileEntry> &entries, NameForm form)
{
    std::vector<const files::FileEntry *> sorted;
    sorted.reserve(static_cast<std::size_t>(entries.size()));
    NameColumn owners;
    NameColumn groups;
    qsizetype sizeWidth = 0;
    for (const files::FileEntry &entry : entries) {
        sorted.push_back(&entry);
        owners.add(entry.owner);
        groups.add(entry.group);
        sizeWidth = std::max(sizeWidth, sizeText(entry.attributes).size());
    }
    std::ranges::sort(sorted, {}, [](const auto *entry) -> const auto & { return entry->name; });

    ::tzset(); // which localtime_r() need not do
    QByteArray text;
    for (const files::FileEntry *entry : sorted) {
        const QByteArray size = sizeText(entry->attributes);
        text.append(modeText(entry->attributes)).append(' ');
        owners.append(text, entry->owner);
        groups.append(text.append(' '), entry->group);
        text.append(sizeWidth - size.size() + 1, ' ').append(size).append(' ');
        text.append(timeText(entry->attributes.modificationTime)).append(' ');
        text.append(nameText(*entry, form)).append('\n');
    }
    return text;
}

} // namespace app
