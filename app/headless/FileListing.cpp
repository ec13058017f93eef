#include "app/headless/FileListing.h"

#include "base/DisplayText.h"

#include <QDateTime>

#include <algorithm>

namespace app {
namespace {

const QString unknown = QStringLiteral("?");

QChar typeLetter(files::FileType type)
{
    using files::FileType;
    switch (type) {
    case FileType::Regular:
        return u'-';
    case FileType::Directory:
        return u'd';
    case FileType::SymbolicLink:
        return u'l';
    case FileType::Fifo:
        return u'p';
    case FileType::Socket:
        return u's';
    case FileType::CharacterDevice:
        return u'c';
    case FileType::BlockDevice:
        return u'b';
    case FileType::Unknown:
        break;
    }
    return u'?';
}

QString modeText(const files::FileAttributes &attributes)
{
    const auto mode = attributes.mode();
    return typeLetter(attributes.type()) + (mode ? mode->toSymbolic() : QString(9, u'?'));
}

QString timeText(const std::optional<qint64> &seconds)
{
    return seconds
        ? QDateTime::fromSecsSinceEpoch(*seconds).toString(QStringLiteral("yyyy-MM-dd HH:mm"))
        : unknown;
}

QString foreign(const QString &name)
{
    return name.isEmpty() ? unknown : base::displayText(name);
}

QByteArray nameText(const files::FileEntry &entry, NameForm form)
{
    const auto shown = [form](const QByteArray &name) {
        return form == NameForm::Exact ? name : base::displayText(QByteArrayView(name)).toUtf8();
    };
    return entry.linkTarget.isEmpty() ? shown(entry.name)
                                      : shown(entry.name) + " -> " + shown(entry.linkTarget);
}

} // namespace

QByteArray fileListing(QList<files::FileEntry> entries, NameForm form)
{
    std::ranges::sort(entries, {}, &files::FileEntry::name);
    const auto widest = [&entries](auto text) {
        qsizetype width = 0;
        for (const files::FileEntry &entry : entries) {
            width = std::max(width, text(entry).size());
        }
        return width;
    };
    const auto owner = [](const files::FileEntry &entry) { return foreign(entry.owner); };
    const auto group = [](const files::FileEntry &entry) { return foreign(entry.group); };
    const auto size = [](const files::FileEntry &entry) {
        return entry.attributes.size ? QString::number(*entry.attributes.size) : unknown;
    };
    const qsizetype ownerWidth = widest(owner);
    const qsizetype groupWidth = widest(group);
    const qsizetype sizeWidth = widest(size);

    QByteArray text;
    for (const files::FileEntry &entry : std::as_const(entries)) {
        const QStringList columns{
            modeText(entry.attributes), owner(entry).leftJustified(ownerWidth),
            group(entry).leftJustified(groupWidth), size(entry).rightJustified(sizeWidth),
            timeText(entry.attributes.modificationTime)};
        text += columns.join(u' ').toUtf8() + ' ' + nameText(entry, form) + '\n';
    }
    return text;
}

} // namespace app
