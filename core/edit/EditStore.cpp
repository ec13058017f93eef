#include "edit/EditStore.h"

#include "base/DisplayText.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace edit {
namespace {

using base::Error;
using base::Failure;
using base::Result;

constexpr qsizetype longestCopyName = 200; // bytes, of 255
constexpr mode_t privateDirectory = 0700;
constexpr auto fetchedMark = "-fetched"_L1; // behind the time that names a version

std::unexpected<Error> failure(const QString &path, const QString &why)
{
    Error error = Error::fromErrno(errno, u"keep a copy"_s, base::displayText(path));
    error.detail = why;
    return Failure(error);
}

QString nameOf(EditStore::Part part)
{
    return part == EditStore::Part::Base ? u"base"_s
        : part == EditStore::Part::Draft ? u"draft"_s
                                         : u"pending"_s;
}

std::optional<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return file.readAll();
}

} // namespace

QString copyName(const files::FilePath &path)
{
    const QByteArray name = path.name();
    QString text = QString::fromUtf8(name);
    const bool isPlain = text.toUtf8() == name && base::displayText(name) == text
        && !name.startsWith('-') && !name.contains('/') && name.size() <= longestCopyName;
    if (isPlain && name != "." && name != "..") {
        return text;
    }
    const QString encoded = QString::fromLatin1(name.toPercentEncoding({}, "-"));
    return u"_"_s + encoded.right(longestCopyName); // the end tells its type
}

QString EditStore::standardPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation)
        + u"/ponto/edits"_s;
}

QString EditStore::directoryOf(const QByteArray &id) const
{
    return m_directory + u'/' + QString::fromLatin1(id);
}

QString EditStore::fileOf(const QByteArray &id, Part part) const
{
    return directoryOf(id) + u'/' + nameOf(part);
}

// Each directory on its own: those that are made in between would have the usual mode.
Result<void> EditStore::makePrivate(const QString &directory) const
{
    QDir().mkpath(QFileInfo(m_directory).path());
    for (const QString &path : {m_directory, directory}) {
        const QByteArray name = QFile::encodeName(path);
        if (::mkdir(name.constData(), privateDirectory) != 0
            && (errno != EEXIST || ::chmod(name.constData(), privateDirectory) != 0)) {
            return failure(path, {});
        }
    }
    return {};
}

Result<void> EditStore::writeFile(const QString &path, const QByteArray &content) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(content) != content.size() || !file.commit()) {
        return failure(path, file.errorString());
    }
    return {};
}

std::unique_ptr<QLockFile> EditStore::claim(const QByteArray &id) const
{
    if (!makePrivate(directoryOf(id))) {
        return nullptr;
    }
    auto lock = std::make_unique<QLockFile>(directoryOf(id) + u"/lock"_s);
    lock->setStaleLockTime(0); // only a program that died loses it
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

Result<void> EditStore::writeRecord(const EditRecord &record) const
{
    const QString directory = directoryOf(record.origin.id());
    return makePrivate(directory).and_then(
        [&] { return writeFile(directory + u"/record.json"_s, record.toJson()); });
}

std::optional<EditRecord> EditStore::record(const QByteArray &id) const
{
    const auto json = readFile(directoryOf(id) + u"/record.json"_s);
    return json ? EditRecord::fromJson(*json) : std::nullopt;
}

Result<void> EditStore::write(const QByteArray &id, Part part, const QByteArray &content) const
{
    return makePrivate(directoryOf(id)).and_then([&] {
        return writeFile(fileOf(id, part), content);
    });
}

std::optional<QByteArray> EditStore::read(const QByteArray &id, Part part) const
{
    return readFile(fileOf(id, part));
}

void EditStore::remove(const QByteArray &id, Part part) const
{
    QFile::remove(fileOf(id, part));
}

Result<void> EditStore::addVersion(const QByteArray &id, EditVersion::Kind kind,
                                   const QByteArray &content, const QDateTime &now) const
{
    const QList<EditVersion> present = versions(id);
    if (!present.isEmpty() && version(id, present.first().name) == content) {
        return {};
    }
    const QString directory = directoryOf(id) + u"/versions"_s;
    const auto made = makePrivate(directoryOf(id)).and_then([&] { return makePrivate(directory); });
    if (!made) {
        return made;
    }
    qint64 time = now.toMSecsSinceEpoch();
    if (!present.isEmpty()) { // a clock that was set back must not change the order
        time = std::max(time, present.first().saved.toMSecsSinceEpoch() + 1);
    }
    const auto mark = kind == EditVersion::Kind::Fetched ? fetchedMark : QLatin1StringView();
    const auto written = writeFile(directory + u'/' + QString::number(time) + mark, content);
    dropOldVersions(id);
    return written;
}

// A file that is saved often must not lose what there was before the first time.
void EditStore::dropOldVersions(const QByteArray &id) const
{
    const QList<EditVersion> all = versions(id);
    const auto fetched
        = std::ranges::find(all, EditVersion::Kind::Fetched, &EditVersion::kind) - all.begin();
    for (qsizetype index = mostVersions; index < all.size(); ++index) {
        if (index != fetched) {
            QFile::remove(directoryOf(id) + u"/versions/"_s + all[index].name);
        }
    }
}

QList<EditVersion> EditStore::versions(const QByteArray &id) const
{
    QList<EditVersion> versions;
    const QDir directory(directoryOf(id) + u"/versions"_s);
    for (const QFileInfo &file : directory.entryInfoList(QDir::Files)) {
        bool isTime = false;
        const QString name = file.fileName();
        const bool isFetched = name.endsWith(fetchedMark);
        const qint64 time = name.chopped(isFetched ? fetchedMark.size() : 0).toLongLong(&isTime);
        if (isTime) {
            versions.append({name,
                             isFetched ? EditVersion::Kind::Fetched : EditVersion::Kind::Saved,
                             QDateTime::fromMSecsSinceEpoch(time), file.size()});
        }
    }
    std::ranges::sort(versions, std::ranges::greater(), &EditVersion::saved);
    return versions;
}

std::optional<QByteArray> EditStore::version(const QByteArray &id, const QString &name) const
{
    return readFile(directoryOf(id) + u"/versions/"_s + name);
}

Result<QString> EditStore::writeCopy(const EditRecord &record, const QByteArray &content,
                                     bool isWritable) const
{
    const QString home = directoryOf(record.origin.id());
    const QString directory = home + u"/copy"_s;
    const auto made = makePrivate(home).and_then([&] { return makePrivate(directory); });
    if (!made) {
        return Failure(made.error());
    }
    QString path = directory + u'/' + copyName(record.origin.path);
    if (const auto written = writeFile(path, content); !written) {
        return Failure(written.error());
    }
    if (!isWritable) {
        QFile::setPermissions(path, QFileDevice::ReadOwner);
    }
    return path;
}

void EditStore::settle(const QByteArray &id) const
{
    for (const Part part : {Part::Base, Part::Pending, Part::Draft}) {
        remove(id, part);
    }
    QDir(directoryOf(id) + u"/copy"_s).removeRecursively();
}

QList<QByteArray> EditStore::ids() const
{
    QList<QByteArray> ids;
    for (const QString &name : QDir(m_directory).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        ids.append(name.toLatin1());
    }
    return ids;
}

bool EditStore::isUnsent(const QByteArray &id) const
{
    return QFile::exists(fileOf(id, Part::Pending)) || QFile::exists(fileOf(id, Part::Draft));
}

QList<EditRecord> EditStore::leftovers() const
{
    QList<EditRecord> records;
    for (const QByteArray &id : ids()) {
        const auto found = isUnsent(id) ? record(id) : std::nullopt;
        if (found && found->origin.id() == id && claim(id) != nullptr) {
            records.append(*found);
        }
    }
    std::ranges::sort(records, std::ranges::greater(), &EditRecord::fetched);
    return records;
}

void EditStore::prune(const QDateTime &now) const
{
    const QDateTime oldest = now.addDuration(-longestKept);
    for (const QByteArray &id : ids()) {
        if (isUnsent(id) || claim(id) == nullptr) {
            continue;
        }
        bool isAnyKept = false;
        for (const EditVersion &version : versions(id)) {
            if (version.saved < oldest) {
                QFile::remove(directoryOf(id) + u"/versions/"_s + version.name);
            } else {
                isAnyKept = true;
            }
        }
        if (!isAnyKept) {
            QDir(directoryOf(id)).removeRecursively();
        }
    }
}

} // namespace edit
