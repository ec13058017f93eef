#include "transfer/RemotePart.h"

#include "sftp/FileOperations.h"
#include "transfer/FileNames.h"

#include <QRandomGenerator>

#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using files::FileType;
using sftp::Handle;
using sftp::OpenFlag;

constexpr int mostVariants = 9; // of a part's name; the last one is random
constexpr quint32 newPermissions = 0600; // nobody else reads a part before it has its own mode

// In the future, where no reading of the file changes it: Linux updates a time of last access that
// is older than the last change or than a day (mount(8), relatime). Fits into 31 bits.
constexpr quint32 firstMark = 1'900'000'000;
constexpr quint32 lastMark = 2'147'000'000;

FileAttributes markedTimes(quint32 mark)
{
    FileAttributes attributes;
    attributes.accessTime = mark;
    attributes.modificationTime = mark; // the next data change it
    return attributes;
}

} // namespace

RemotePart::RemotePart(sftp::Engine &engine, FilePath target)
    : m_engine(engine)
    , m_target(std::move(target))
{
}

RemotePart::~RemotePart() = default;

void RemotePart::open(const CopyOrder &order, std::shared_ptr<PartLease> lease, Place place,
                      sftp::Engine::Answered<Handle> answered)
{
    m_order = order;
    m_lease = std::move(lease);
    m_answered = std::move(answered);
    m_variant = 0;
    if (place == Place::Target) {
        openInPlace();
    } else if (m_lease && m_lease->previous()) {
        tryName(m_lease->previous()->name);
    } else if (!order.ownPart.isEmpty()) {
        tryName(order.ownPart);
    } else {
        tryVariant(1);
    }
}

void RemotePart::goOn(const Handle &handle)
{
    setMark(handle, m_left->offset);
    m_left.reset();
}

void RemotePart::startOver(const Handle &handle, sftp::Engine::Answered<Handle> answered)
{
    m_answered = std::move(answered);
    const bool isKnown = m_left && m_left->isRecorded;
    m_left.reset();
    if (isKnown) {
        truncate(handle);
        return;
    }
    m_engine.close(handle, [](const Result<void> &) { });
    if (isOwn()) {
        replaceOwn();
    } else {
        tryVariant(m_variant + 1);
    }
}

void RemotePart::tryVariant(int variant)
{
    m_variant = variant;
    if (variant > mostVariants) {
        Error error;
        error.kind = ErrorKind::AlreadyExists;
        error.operation = QStringLiteral("create");
        error.subject = m_path.toDisplay();
        answer(Failure(error));
        return;
    }
    const bool isTokened = variant == 1 && !m_order.partToken.isEmpty();
    tryName(isTokened                    ? partName(m_target.name(), m_order.partToken)
                : variant < mostVariants ? partName(m_target.name(), variant)
                                         : files::temporaryName(m_target.name()));
}

void RemotePart::tryName(const QByteArray &name)
{
    m_path = m_target.parent().child(name);
    FileAttributes attributes;
    attributes.permissions = newPermissions;
    openFile(OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive, attributes,
             [this](const Result<Handle> &handle) { handleCreated(handle); });
}

// What is created for nobody any more goes again. A REMOVE that is not sent before the answer never
// meets a file of somebody else.
void RemotePart::openFile(sftp::OpenFlags flags, const FileAttributes &attributes,
                          sftp::Engine::Answered<Handle> answered)
{
    const bool isNew = flags.testFlag(OpenFlag::Exclusive);
    m_engine.open(m_path, flags, attributes,
                  [&engine = m_engine, path = m_path, isNew, isGone = m_guard.expiry(),
                   answered = std::move(answered)](const Result<Handle> &handle) mutable {
                      if (!isGone()) {
                          answered(handle);
                      } else if (handle) {
                          engine.close(*handle, [](const Result<void> &) { });
                          if (isNew) {
                              engine.remove(path, [](const Result<void> &) { });
                          }
                      }
                  });
}

void RemotePart::handleCreated(const Result<Handle> &handle)
{
    if (handle) {
        begin(*handle);
        return;
    }
    switch (handle.error().kind) {
    case ErrorKind::AlreadyExists:
    case ErrorKind::ServerFailure:
        lookAtWhatIsInTheWay(handle.error());
        break;
    case ErrorKind::PermissionDenied:
    case ErrorKind::InvalidName: // longer than the target's
        m_order.beginning == 0 ? openInPlace() : answer(Failure(handle.error()));
        break;
    default:
        answer(Failure(handle.error()));
    }
}

// Servers of version 3 say "failure" for "exists already".
void RemotePart::lookAtWhatIsInTheWay(const Error &reason)
{
    m_engine.linkStatus(m_path, m_guard([this, reason](const Result<FileAttributes> &found) {
                            if (found) {
                                handleInTheWay(*found);
                                return;
                            }
                            sftp::explainFailure(m_engine, m_path, reason,
                                                 m_guard([this](const Result<void> &explained) {
                                                     answer(Failure(explained.error()));
                                                 }));
                        }));
}

// It is ours if it bears the mark that was noted, or if this transfer has made it. If not, only its
// contents can tell.
void RemotePart::handleInTheWay(const FileAttributes &found)
{
    auto record = m_lease ? m_lease->previous() : std::nullopt;
    const bool isMarked = record && record->identity != 0 && record->name == m_path.name()
        && found.accessTime == static_cast<qint64>(record->identity);
    if (!isMarked) {
        record.reset();
    }
    const auto point = resumePoint(record, found.size.value_or(0), m_order.attributes);
    const bool isWorthIt = m_order.options.resume && point && point->offset > 0;
    if (m_order.options.resume && !point) {
        m_note = point.error();
    }
    if (!record && !isWorthIt && isOwn(found)) {
        replaceOwn();
        return;
    }
    if (found.type() != FileType::Regular || (!record && !isWorthIt)) {
        tryVariant(m_variant + 1);
        return;
    }
    m_left = isWorthIt ? std::optional(*point) : std::nullopt;
    takeOver();
}

// An empty file as we create it may be one whose creation the lost connection could not tell us.
bool RemotePart::isOwn(const FileAttributes &found) const
{
    const bool isAsCreated = m_order.wasBegun && found.size == 0U && found.mode()
        && found.mode()->bits() == newPermissions;
    return found.type() == FileType::Regular && (isOwn() || isAsCreated);
}

void RemotePart::takeOver()
{
    openFile(OpenFlag::Write, {}, [this](const Result<Handle> &handle) {
        if (!handle) {
            m_left.reset();
            tryVariant(m_variant + 1);
        } else if (!m_left) {
            truncate(*handle);
        } else {
            answer(handle); // it is left alone until it has been compared
        }
    });
}

// Not written to: nobody can have put a file of his own in its place then, and what the server
// still does for the lost connection meets a file without a name.
void RemotePart::replaceOwn()
{
    m_order.ownPart.clear();
    m_engine.remove(m_path, m_guard([this](const Result<void> &) { tryName(m_path.name()); }));
}

void RemotePart::truncate(const Handle &handle)
{
    FileAttributes empty;
    empty.size = 0;
    m_engine.setAttributes(handle, empty, m_guard([this, handle](const Result<void> &truncated) {
                               if (truncated) {
                                   begin(handle);
                               } else {
                                   m_engine.close(handle, [](const Result<void> &) { });
                                   tryVariant(m_variant + 1);
                               }
                           }));
}

void RemotePart::begin(const Handle &handle)
{
    setMark(handle, 0);
    answer(handle);
}

// The server works on a file in the order of the requests: it has the mark before the next data.
void RemotePart::setMark(const Handle &handle, quint64 contiguous)
{
    if (m_order.attributes.size.value_or(0) >= leastResumedBytes) {
        m_mark = QRandomGenerator::global()->bounded(firstMark, lastMark);
        m_engine.setAttributes(handle, markedTimes(m_mark), [](const Result<void> &) { });
        remember(contiguous);
    }
}

// Nothing else is left: what half arrives shows under the real name.
void RemotePart::openInPlace()
{
    const auto flags = OpenFlag::Write | OpenFlag::Create
        | (m_order.existing == Existing::Replace ? OpenFlag::Truncate : OpenFlag::Exclusive);
    m_path = m_target;
    m_isInPlace = true;
    m_left.reset();
    m_mark = 0;
    forget();
    openFile(flags, {}, [this](const Result<Handle> &handle) {
        if (handle) {
            m_note = CopyNote::Kind::WrittenInPlace;
        }
        answer(handle);
    });
}

void RemotePart::remember(quint64 contiguous)
{
    if (m_lease) {
        const PartRecord record{m_path.name(), m_mark, m_order.attributes.size.value_or(0),
                                m_order.attributes.modificationTime, contiguous};
        m_disk.run([lease = m_lease, record] { lease->note(record); });
    }
}

void RemotePart::noteContiguous(quint64 bytes)
{
    if (m_lease) {
        m_disk.run([lease = m_lease, bytes] { lease->noteContiguous(bytes); });
    }
}

void RemotePart::forget()
{
    if (m_lease) {
        m_disk.run([lease = std::move(m_lease)] { lease->forget(); });
    }
    m_lease.reset();
}

// What was written in place of another file stays: there is nothing to go back to.
void RemotePart::remove(sftp::Engine::Answered<void> answered)
{
    if (m_isInPlace && m_order.existing == Existing::Replace) {
        answered({});
        return;
    }
    m_engine.remove(
        m_path, [lease = m_lease, answered = std::move(answered)](Result<void> removed) mutable {
            if (removed && lease) {
                DiskWork().run([lease] { lease->forget(); });
            }
            answered(std::move(removed));
        });
}

void RemotePart::answer(const Result<Handle> &result)
{
    std::exchange(m_answered, nullptr)(result);
}

} // namespace transfer
