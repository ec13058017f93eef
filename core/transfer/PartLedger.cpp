#include "transfer/PartLedger.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace transfer {
namespace {

using base::UniqueFd;

constexpr qsizetype longestRecord = 4096; // bytes; a page is written as a whole

// What a system had not yet put on its disk when it went down is not there after its next start,
// whatever was noted before.
QString readBoot()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed())
                                          : QString();
}

const QString &currentBoot()
{
    static const QString boot = readBoot();
    return boot;
}

QByteArray toText(const PartRecord &record)
{
    // As text where a double would lose digits; names are bytes.
    QJsonObject object{{u"name"_s, QString::fromLatin1(record.name.toHex())},
                       {u"identity"_s, QString::number(record.identity)},
                       {u"sourceSize"_s, QString::number(record.sourceSize)},
                       {u"contiguous"_s, QString::number(record.contiguous)},
                       {u"boot"_s, currentBoot()}};
    if (record.sourceTime) {
        object[u"sourceTime"_s] = QString::number(*record.sourceTime);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<PartRecord> fromText(const QByteArray &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    bool isIdentity = false;
    bool isSize = false;
    bool isContiguous = false;
    PartRecord record;
    record.name = QByteArray::fromHex(object[u"name"_s].toString().toLatin1());
    record.identity = object[u"identity"_s].toString().toULongLong(&isIdentity);
    record.sourceSize = object[u"sourceSize"_s].toString().toULongLong(&isSize);
    record.contiguous = object[u"contiguous"_s].toString().toULongLong(&isContiguous);
    if (object.contains(u"sourceTime"_s)) {
        record.sourceTime = object[u"sourceTime"_s].toString().toLongLong();
    }
    const bool isWhole = isIdentity && isSize && isContiguous && !record.name.isEmpty()
        && !record.name.contains('/') && object[u"boot"_s].toString() == currentBoot();
    return isWhole ? std::optional(record) : std::nullopt;
}

// The file may have been removed between being opened and being locked: then it is nobody's.
bool isStillThere(const UniqueFd &descriptor)
{
    struct stat status = {};
    return ::fstat(descriptor.get(), &status) == 0 && status.st_nlink > 0;
}

bool makePrivateDirectory(const QByteArray &path)
{
    const QFileInfo info(QFile::decodeName(path));
    return info.isDir()
        || (QDir().mkpath(info.path())
            && (::mkdir(path.constData(), 0700) == 0 || errno == EEXIST));
}

QByteArray contents(const UniqueFd &descriptor)
{
    QByteArray text(longestRecord, Qt::Uninitialized);
    const ssize_t size
        = ::pread(descriptor.get(), text.data(), static_cast<size_t>(text.size()), 0);
    text.truncate(size > 0 ? size : 0);
    return text;
}

} // namespace

PartLease::PartLease(UniqueFd descriptor, QByteArray path, std::optional<PartRecord> previous)
    : m_descriptor(std::move(descriptor))
    , m_path(std::move(path))
    , m_previous(std::move(previous))
    , m_record(m_previous.value_or(PartRecord()))
{
}

PartLease::~PartLease()
{
    if (m_record.name.isEmpty()) {
        forget();
    }
}

void PartLease::note(const PartRecord &record)
{
    const std::scoped_lock lock(m_mutex);
    m_record = record;
    store();
}

void PartLease::noteContiguous(quint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    if (m_record.contiguous != bytes) {
        m_record.contiguous = bytes;
        store();
    }
}

// In one write: a killed program leaves the old record or the new one. Blanks, which JSON allows,
// cover what was longer before.
void PartLease::store() const
{
    const QByteArray text = toText(m_record).leftJustified(longestRecord, ' ');
    if (m_descriptor.isValid()) {
        [[maybe_unused]] const ssize_t written
            = ::pwrite(m_descriptor.get(), text.constData(), static_cast<size_t>(text.size()), 0);
    }
}

void PartLease::forget()
{
    const std::scoped_lock lock(m_mutex);
    if (m_descriptor.isValid()) {
        ::unlink(m_path.constData());
        m_descriptor = UniqueFd();
    }
}

PartLedger::PartLedger(QByteArray directory, QByteArray server)
    : m_directory(std::move(directory))
    , m_server(std::move(server))
{
}

QByteArray PartLedger::standardDirectory()
{
    return QFile::encodeName(QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation)
                             + u"/ponto/parts"_s);
}

std::shared_ptr<PartLease> PartLedger::take(const QByteArray &source,
                                            const QByteArray &target) const
{
    if (!makePrivateDirectory(m_directory)) {
        return nullptr;
    }
    // A hash tells nobody what was copied.
    const QByteArray key = m_server + '\0' + source + '\0' + target;
    const QByteArray path
        = m_directory + '/' + QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
    UniqueFd descriptor(::open(path.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!descriptor.isValid() || ::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0
        || !isStillThere(descriptor)) {
        return nullptr;
    }
    auto previous = fromText(contents(descriptor));
    return std::make_shared<PartLease>(std::move(descriptor), path, std::move(previous));
}

} // namespace transfer
