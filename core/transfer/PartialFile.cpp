#include "transfer/PartialFile.h"

#include "transfer/FileNames.h"
#include "transfer/SourceFile.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using base::UniqueFd;
using files::FileAttributes;
using files::FilePath;

std::unexpected<Error> errnoFailure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

// All bytes are equal to their neighbor, and the first one is zero.
bool isZeros(QByteArrayView data)
{
    return data.isEmpty()
        || (data.front() == '\0'
            && std::memcmp(data.data(), data.data() + 1, static_cast<size_t>(data.size()) - 1)
                == 0);
}

constexpr quint64 copiedBytes = quint64{1} * 1024 * 1024; // at a time
constexpr int mostVariants = 9; // of a part's name; the last one is random
constexpr quint64 leastReserved = quint64{1} * 1024 * 1024; // bytes

} // namespace

PartialFile::PartialFile(UniqueFd directory, QByteArray name, FilePath path, PartOrder order)
    : m_directory(std::move(directory))
    , m_name(std::move(name))
    , m_path(std::move(path))
    , m_order(std::move(order))
{
}

PartialFile::~PartialFile()
{
    discard();
}

Result<PartialFile> PartialFile::create(const LocalTree &tree, const QByteArrayList &names,
                                        PartOrder order)
{
    auto directory = tree.openParent(names);
    if (!directory) {
        return Failure(directory.error());
    }
    PartialFile file(std::move(*directory), names.last(), tree.path(names), std::move(order));
    const auto begun = file.begin(1);
    if (!begun) {
        return Failure(begun.error());
    }
    return file;
}

// The part that was noted comes first: it need not have the first name.
Result<void> PartialFile::begin(int firstVariant)
{
    const auto recorded = previous();
    if (firstVariant == 1 && recorded && takeOver(recorded->name)) {
        return {};
    }
    for (int variant = firstVariant; variant <= mostVariants; ++variant) {
        m_variant = variant;
        const QByteArray name = nameOf(variant);
        if (tryBegin(name)) {
            remember(0);
            return reserve(0);
        }
        if (errno != EEXIST) {
            return beginInPlace();
        }
        if (m_order.mayResume && takeOver(name)) {
            return {};
        }
        if (replaceOwn(name)) {
            remember(0);
            return reserve(0);
        }
    }
    errno = EEXIST;
    return failure("create");
}

QByteArray PartialFile::nameOf(int variant) const
{
    if (variant == 1 && !m_order.token.isEmpty()) {
        return partName(m_name, m_order.token);
    }
    return variant < mostVariants ? partName(m_name, variant) : files::temporaryName(m_name);
}

// What a killed program has left, where there is nothing to go on with. Not written to: nobody can
// have put a file of his own in its place then.
bool PartialFile::replaceOwn(const QByteArray &name)
{
    return m_order.wasBegun && !m_order.token.isEmpty() && name == nameOf(1)
        && ::unlinkat(m_directory.get(), name.constData(), 0) == 0 && tryBegin(name);
}

std::optional<PartRecord> PartialFile::previous() const
{
    return m_order.lease ? m_order.lease->previous() : std::nullopt;
}

// Nobody else reads it before it has its own mode.
bool PartialFile::tryBegin(const QByteArray &name)
{
    m_descriptor = UniqueFd(::openat(m_directory.get(), name.constData(),
                                     O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    struct stat status = {};
    if (!m_descriptor.isValid() || ::fstat(m_descriptor.get(), &status) != 0) {
        return false;
    }
    ::flock(m_descriptor.get(), LOCK_EX | LOCK_NB);
    m_partName = name;
    m_inode = status.st_ino;
    return true;
}

// Takes the part of an earlier copy. It is ours if its inode was noted. If not, only its contents
// can tell, and none but ours and not in use comes into question.
bool PartialFile::takeOver(const QByteArray &name)
{
    UniqueFd descriptor(::openat(m_directory.get(), name.constData(),
                                 O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!descriptor.isValid() || ::fstat(descriptor.get(), &status) != 0 || !S_ISREG(status.st_mode)
        || status.st_nlink != 1 || status.st_uid != ::geteuid()
        || ::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
        return false;
    }
    auto record = previous();
    if (record && (record->name != name || record->identity != status.st_ino)) {
        record.reset();
    }
    const auto point = resumePoint(record, static_cast<quint64>(status.st_size), m_order.source);
    const bool isWorthIt = m_order.mayResume && point && point->offset > 0;
    if (!point && m_order.mayResume) {
        m_note = point.error();
    }
    if (!record && !isWorthIt) {
        return false;
    }
    m_partName = name;
    m_inode = status.st_ino;
    m_descriptor = std::move(descriptor);
    if (isWorthIt) {
        m_left = *point;
        return true;
    }
    return ::ftruncate(m_descriptor.get(), 0) == 0 && reserve(0);
}

// The old contents are lost as soon as the new ones arrive, unlike elsewhere.
Result<void> PartialFile::beginInPlace()
{
    const int reason = errno;
    const bool isForbidden = reason == EACCES || reason == EPERM;
    struct stat status = {};
    if (isForbidden && m_order.existing == Existing::Replace && !m_order.mustBeApart) {
        m_descriptor = UniqueFd(::openat(m_directory.get(), m_name.constData(),
                                         O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    }
    if (!m_descriptor.isValid() || ::fstat(m_descriptor.get(), &status) != 0
        || !S_ISREG(status.st_mode)) {
        errno = reason;
        return failure("create");
    }
    m_isInPlace = true;
    m_note = CopyNote::Kind::WrittenInPlace;
    if (const auto reserved = reserve(0); !reserved) {
        return reserved;
    }
    return ::ftruncate(m_descriptor.get(), 0) == 0 ? Result<void>() : failure("write");
}

// So that a full disk is noticed now and not after an hour. File systems in memory would fill the
// room with zeros at once; those that cannot set room aside notice later.
Result<void> PartialFile::reserve(quint64 offset)
{
    const quint64 size = m_order.source.size.value_or(0);
    struct statfs fileSystem = {};
    if (size < offset + leastReserved || ::fstatfs(m_descriptor.get(), &fileSystem) != 0
        || fileSystem.f_type == TMPFS_MAGIC) {
        return {};
    }
    m_isReserved = ::fallocate(m_descriptor.get(), FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                               static_cast<off_t>(size - offset))
        == 0;
    if (!m_isReserved && (errno == ENOSPC || errno == EDQUOT)) {
        const auto failed = failure("make room for");
        discard();
        return failed;
    }
    return {};
}

// Room for zeros. ext4 takes nothing back behind the end of a file: one byte moves that. A failure
// only means that the room stays taken.
void PartialFile::giveBack(quint64 offset, quint64 length) const
{
    const auto last = static_cast<off_t>(offset + length - 1);
    if (m_isReserved && length > 0 && ::pwrite(m_descriptor.get(), "", 1, last) == 1) {
        ::fallocate(m_descriptor.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                    static_cast<off_t>(offset), static_cast<off_t>(length));
    }
}

void PartialFile::remember(quint64 contiguous)
{
    if (m_order.lease) {
        m_order.lease->note({m_partName, m_inode, m_order.source.size.value_or(0),
                             m_order.source.modificationTime, contiguous});
    }
}

void PartialFile::noteContiguous(quint64 bytes)
{
    if (m_order.lease) {
        m_order.lease->noteContiguous(bytes);
    }
}

// Within one directory: most file systems do it themselves, and some need no more room for what two
// files have in common (copy_file_range(2)).
Result<void> PartialFile::copyBeginning(quint64 bytes)
{
    const UniqueFd old(
        ::openat(m_directory.get(), m_name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!old.isValid() || ::fstat(old.get(), &status) != 0) {
        return failure("read");
    }
    if (!S_ISREG(status.st_mode) || static_cast<quint64>(status.st_size) != bytes) {
        return errnoFailure(ESTALE, "resume", m_path);
    }
    for (quint64 offset = 0; offset < bytes;) {
        const auto copied = copyPiece(old, offset, bytes - offset);
        if (!copied) {
            return Failure(copied.error());
        }
        offset += *copied;
    }
    return {};
}

Result<quint64> PartialFile::copyPiece(const UniqueFd &old, quint64 offset, quint64 length)
{
    auto from = static_cast<off64_t>(offset);
    off64_t to = from;
    const ssize_t copied = ::copy_file_range(old.get(), &from, m_descriptor.get(), &to, length, 0);
    if (copied > 0) {
        return static_cast<quint64>(copied);
    }
    const auto most = static_cast<quint32>(std::min(length, copiedBytes));
    const auto piece = readAt(old, offset, most, m_path);
    if (!piece || piece->isEmpty()) { // it has become shorter
        return piece ? Result<quint64>(errnoFailure(ESTALE, "resume", m_path))
                     : Failure(piece.error());
    }
    return writeStripe(offset, *piece).transform([&piece] {
        return static_cast<quint64>(piece->size());
    });
}

Result<void> PartialFile::continueAt(quint64 offset)
{
    m_left.reset();
    m_end = offset;
    if (::ftruncate(m_descriptor.get(), static_cast<off_t>(offset)) != 0) {
        return failure("write");
    }
    remember(offset);
    return reserve(offset);
}

// A part that was not noted may be somebody else's: it stays as it is.
Result<void> PartialFile::startOver()
{
    const bool isKnown = !m_left || m_left->isRecorded;
    m_left.reset();
    m_end = 0;
    if (!isKnown) {
        m_partName.clear();
        return begin(m_variant + 1);
    }
    if (::ftruncate(m_descriptor.get(), 0) != 0) {
        return failure("write");
    }
    remember(0);
    return reserve(0);
}

void PartialFile::discard()
{
    if (!m_directory.isValid()) {
        return;
    }
    if (m_left) { // nothing was done to it yet
        m_directory = UniqueFd();
        m_order.lease.reset();
        return;
    }
    if (!m_isInPlace && isOurs()) {
        ::unlinkat(m_directory.get(), m_partName.constData(), 0);
    }
    if (m_order.lease) {
        m_order.lease->forget();
    }
    m_directory = UniqueFd();
}

void PartialFile::keep(quint64 contiguous)
{
    if (m_directory.isValid() && !m_isInPlace && !m_left
        && isWorthKeeping(contiguous, m_order.lease != nullptr)
        && ::ftruncate(m_descriptor.get(), static_cast<off_t>(contiguous)) == 0) {
        remember(contiguous);
        m_order.lease.reset();
        m_directory = UniqueFd();
    } else {
        discard();
    }
}

// Whoever moved another file to the part's name shall not see it renamed or removed.
bool PartialFile::isOurs() const
{
    struct stat named = {};
    return !m_partName.isEmpty()
        && ::fstatat(m_directory.get(), m_partName.constData(), &named, AT_SYMLINK_NOFOLLOW) == 0
        && named.st_ino == m_inode;
}

Result<void> PartialFile::failure(const char *operation) const
{
    return errnoFailure(errno, operation, m_path);
}

Result<QByteArray> PartialFile::read(quint64 offset, quint32 length) const
{
    return readAt(m_descriptor, offset, length, m_path);
}

Result<void> PartialFile::write(quint64 offset, QByteArrayView data)
{
    extend(offset + static_cast<quint64>(data.size()));
    return writeStripe(offset, data);
}

void PartialFile::extend(quint64 end)
{
    m_end = std::max(m_end, end);
}

Result<void> PartialFile::writeStripe(quint64 offset, QByteArrayView data) const
{
    if (isZeros(data)) {
        giveBack(offset, static_cast<quint64>(data.size()));
        return {}; // a hole until commit() has set the size
    }
    while (!data.isEmpty()) {
        const ssize_t written
            = ::pwrite(m_descriptor.get(), data.data(), static_cast<size_t>(data.size()),
                       static_cast<off_t>(offset));
        if (written < 0 && errno != EINTR) {
            return failure("write");
        }
        const qsizetype taken = written > 0 ? written : 0;
        data = data.sliced(taken);
        offset += static_cast<quint64>(taken);
    }
    return {};
}

Result<Likeness> PartialFile::setAttributes(const FileAttributes &attributes, Existing existing)
{
    if (m_order.preserve) {
        return makeAlike(m_descriptor.get(), attributes);
    }
    struct stat old = {};
    std::optional<mode_t> mode;
    if (attributes.permissions) {
        mode = *attributes.permissions & 0777U; // set-user-ID of a server's file means nothing here
    }
    if (existing == Existing::Replace
        && ::fstatat(m_directory.get(), m_name.constData(), &old, AT_SYMLINK_NOFOLLOW) == 0
        && S_ISREG(old.st_mode)) {
        mode = old.st_mode & 07777U;
    }
    // What is written in place keeps its mode, and need not be ours.
    if (!m_isInPlace && mode && ::fchmod(m_descriptor.get(), *mode) != 0) {
        return Failure(failure("set permissions").error());
    }
    if (!setTimes(m_descriptor.get(), attributes) && !m_isInPlace) {
        return Failure(failure("set times").error());
    }
    return Likeness::Full;
}

Result<void> PartialFile::complete(quint64 size)
{
    if (m_end != size) {
        Error error;
        error.operation = QStringLiteral("write");
        error.subject = m_path.toDisplay();
        error.detail = QStringLiteral("%1 of %2 bytes arrived").arg(m_end).arg(size);
        return Failure(error);
    }
    return ::ftruncate(m_descriptor.get(), static_cast<off_t>(size)) == 0 ? Result<void>()
                                                                          : failure("write");
}

Result<Likeness> PartialFile::commit(quint64 size, const FileAttributes &attributes,
                                     Existing existing, Flush flush)
{
    if (const auto completed = complete(size); !completed) {
        return Failure(completed.error());
    }
    const auto likeness = setAttributes(attributes, existing);
    if (!likeness) {
        return likeness;
    }
    const bool mustFlush = flush == Flush::Always || existing == Existing::Replace;
    if (mustFlush && ::fsync(m_descriptor.get()) != 0) {
        return Failure(failure("flush").error());
    }
    return giveName(existing, flush).transform([&likeness] { return *likeness; });
}

Result<void> PartialFile::giveName(Existing existing, Flush flush)
{
    const bool isStillOurs = m_isInPlace || isOurs();
    if (::close(m_descriptor.release()) != 0) {
        m_descriptor = UniqueFd();
        return failure("close"); // a network file system says here that the disk is full
    }
    if (!isStillOurs) {
        return errnoFailure(ENOENT, "rename", m_path);
    }
    if (!m_isInPlace) {
        const auto renamed = renameWithin(m_directory.get(), m_partName, m_name, existing);
        if (!renamed) {
            return errnoFailure(renamed.error(), "rename", m_path);
        }
        m_partName.clear();
    }
    // The name is not on the disk before its directory is (fsync(2)).
    if (flush == Flush::Always && ::fsync(m_directory.get()) != 0 && errno != EINVAL) {
        return failure("flush");
    }
    if (m_order.lease) {
        m_order.lease->forget();
    }
    m_directory = UniqueFd();
    return {};
}

} // namespace transfer
