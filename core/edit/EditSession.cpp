#include "edit/EditSession.h"

#include <QCryptographicHash>
#include <QPromise>

#include <utility>

namespace edit {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FileType;
using Part = EditStore::Part;

constexpr int mostAttempts = 3;

QByteArray hashOf(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

} // namespace

template<typename Work>
auto EditSession::onDisk(Work work) -> QFuture<std::invoke_result_t<Work &>>
{
    using Answer = std::invoke_result_t<Work &>;
    QPromise<Answer> promise;
    QFuture<Answer> future = promise.future();
    promise.start();
    m_disk.start([promise = std::move(promise), work = std::move(work)]() mutable {
        promise.addResult(work());
        promise.finish();
    });
    return future;
}

template<typename T>
auto EditSession::ifCurrent(void (EditSession::*handle)(const T &))
{
    return [this, run = m_run, handle](const T &result) {
        if (run == m_run) {
            (this->*handle)(result);
        }
    };
}

EditSession::EditSession(EditStore store, EditOrigin origin, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
    m_record.origin = std::move(origin);
    m_disk.setMaxThreadCount(1);
    m_lock = m_store.claim(m_record.origin.id());
}

EditSession::~EditSession()
{
    if (m_lock != nullptr && !m_pending && !m_hasDraft) {
        m_disk.start([store = m_store, id = origin().id()] { store.settle(id); });
    }
}

void EditSession::setState(State state)
{
    if (std::exchange(m_state, state) != state || state == State::Failed) {
        emit stateChanged();
    }
}

void EditSession::setFileSystem(files::FileSystem *fileSystem)
{
    if (fileSystem == m_fileSystem) {
        return;
    }
    ++m_run;
    m_fileSystem = fileSystem;
    if (m_state == State::Loading && fileSystem == nullptr) {
        emit loadFailed(Error{.kind = ErrorKind::ConnectionLost});
    } else if (fileSystem == nullptr && m_state == State::Saving) {
        setState(State::Waiting);
    } else if (fileSystem != nullptr && m_state == State::Waiting) {
        send();
    } else {
        emit stateChanged();
    }
}

void EditSession::fetch()
{
    if (m_lock == nullptr) {
        return refuse(ErrorKind::AlreadyExists);
    }
    if (m_fileSystem == nullptr) {
        return refuse(ErrorKind::ConnectionLost);
    }
    setState(State::Loading);
    m_fileSystem->status(origin().path).then(this, ifCurrent(&EditSession::handleStatus));
}

void EditSession::refuse(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    error.operation = QStringLiteral("edit");
    error.subject = origin().path.toDisplay();
    emit loadFailed(error);
}

void EditSession::handleStatus(const Result<FileEntry> &entry)
{
    if (!entry) {
        emit loadFailed(entry.error());
        return;
    }
    const FileAttributes &attributes = entry->attributes;
    if (attributes.type() == FileType::Directory) {
        return refuse(ErrorKind::IsADirectory);
    }
    if (attributes.type() != FileType::Regular) {
        return refuse(ErrorKind::Unsupported);
    }
    if (attributes.size.value_or(0) > mostBytes) {
        return refuse(ErrorKind::NoSpace);
    }
    m_record.modificationTime = attributes.modificationTime.value_or(0);
    probe();
}

void EditSession::probe()
{
    m_fileSystem->probeWriting(origin().path)
        .then(this, [this, run = m_run](const Result<void> &writable) {
            if (run == m_run) {
                m_isWritable
                    = writable.has_value() || writable.error().kind == ErrorKind::Unsupported;
                read();
            }
        });
}

void EditSession::read()
{
    m_fileSystem->readPart(origin().path, 0, mostBytes + 1)
        .then(this, ifCurrent(&EditSession::handleContent));
}

void EditSession::handleContent(const Result<QByteArray> &content)
{
    if (!content) {
        emit loadFailed(content.error());
        return;
    }
    if (content->size() > qsizetype{mostBytes}) {
        return refuse(ErrorKind::NoSpace);
    }
    m_record.fetched = QDateTime::currentDateTimeUtc();
    m_isBaseKept = false;
    rememberBase(*content);
    setState(State::Idle);
    emit loaded(*content, false);
}

void EditSession::rememberBase(const QByteArray &content)
{
    m_base = content;
    m_record.isThere = true;
    m_record.size = static_cast<quint64>(content.size());
    m_record.sha256 = hashOf(content);
    onDisk([store = m_store, record = m_record, content] {
        const auto written = store.writeRecord(record);
        return written ? store.write(record.origin.id(), Part::Base, content) : written;
    }).then(this, [this](const Result<void> &kept) {
        if (!kept) {
            emit notKept(kept.error());
        }
    });
}

void EditSession::resume()
{
    struct Left
    {
        std::optional<EditRecord> record;
        std::optional<QByteArray> base;
        std::optional<QByteArray> pending;
        std::optional<QByteArray> draft;
    };
    if (m_lock == nullptr) {
        return refuse(ErrorKind::AlreadyExists);
    }
    onDisk([store = m_store, id = origin().id()] {
        return Left{store.record(id), store.read(id, Part::Base), store.read(id, Part::Pending),
                    store.read(id, Part::Draft)};
    }).then(this, [this](const Left &left) {
        if (!left.record || (!left.pending && !left.draft)) {
            return refuse(ErrorKind::NotFound);
        }
        m_record = *left.record;
        m_base = left.base;
        m_pending = left.pending;
        m_isBaseKept = m_pending.has_value(); // by that save
        m_hasDraft = left.draft.has_value();
        setState(m_pending ? State::Waiting : State::Idle);
        emit loaded(left.draft ? *left.draft : *left.pending, m_hasDraft);
        if (m_pending && m_fileSystem != nullptr) {
            send();
        }
    });
}

void EditSession::setProgram(const QString &program)
{
    m_record.program = program;
    onDisk([store = m_store, record = m_record] {
        return store.writeRecord(record);
    }).then(this, [this](const Result<void> &kept) {
        if (!kept) {
            emit notKept(kept.error());
        }
    });
}

void EditSession::save(const QByteArray &content)
{
    m_pending = content;
    m_hasDraft = false;
    m_attempts = 0;
    const std::optional<QByteArray> fetched
        = std::exchange(m_isBaseKept, true) ? std::nullopt : m_base;
    onDisk([store = m_store, record = m_record, fetched, content] {
        using Kind = EditVersion::Kind;
        const QByteArray id = record.origin.id();
        auto kept = fetched ? store.addVersion(id, Kind::Fetched, *fetched, record.fetched)
                            : Result<void>();
        kept = kept ? store.addVersion(id, Kind::Saved, content, QDateTime::currentDateTimeUtc())
                    : kept;
        kept = kept ? store.writeRecord(record) : kept;
        kept = kept ? store.write(id, Part::Pending, content) : kept;
        if (kept) {
            store.remove(id, Part::Draft);
        }
        return kept;
    }).then(this, [this](const Result<void> &kept) {
        if (!kept) {
            emit notKept(kept.error());
        }
        if (m_state != State::Saving && m_pending) { // else it follows
            send();
        }
    });
}

void EditSession::send()
{
    if (m_fileSystem == nullptr) {
        return setState(State::Waiting);
    }
    m_sending = *m_pending;
    setState(State::Saving);
    m_fileSystem->status(origin().path)
        .then(this, [this, run = m_run](const Result<FileEntry> &entry) {
            if (run != m_run) {
                return;
            }
            if (entry) {
                compare(entry->attributes);
            } else if (entry.error().kind != ErrorKind::NotFound) {
                handleFailure(entry.error());
            } else if (m_base) {
                enterConflict(std::nullopt);
            } else {
                replace(std::nullopt);
            }
        });
}

// By content: a time of modification counts whole seconds, and says nothing of what was changed.
void EditSession::compare(const FileAttributes &present)
{
    m_fileSystem->digest(origin().path)
        .then(this, [this, run = m_run, present](const Result<files::Digest> &digest) {
            if (run != m_run) {
                return;
            }
            if (!digest) {
                handleFailure(digest.error());
            } else if (digest->sha256 == hashOf(m_sending)) {
                settleSent(); // a lost connection took the answer with it
            } else if (m_base && digest->sha256 == hashOf(*m_base)) {
                replace(present);
            } else {
                lookAtTheirs();
            }
        });
}

void EditSession::replace(const std::optional<FileAttributes> &present)
{
    m_fileSystem->replaceContent(origin().path, m_sending, present)
        .then(this, ifCurrent(&EditSession::handleReplaced));
}

void EditSession::handleReplaced(const Result<void> &replaced)
{
    if (replaced) {
        settleSent();
    } else if (replaced.error().kind == ErrorKind::AlreadyExists && ++m_attempts < mostAttempts) {
        send(); // it was changed just now
    } else {
        handleFailure(replaced.error());
    }
}

void EditSession::lookAtTheirs()
{
    m_fileSystem->readPart(origin().path, 0, mostBytes + 1)
        .then(this, [this, run = m_run](const Result<QByteArray> &content) {
            if (run != m_run) {
                return;
            }
            if (content) {
                enterConflict(*content);
            } else {
                handleFailure(content.error());
            }
        });
}

void EditSession::enterConflict(const std::optional<QByteArray> &theirs)
{
    m_conflict = {m_base, *m_pending, theirs};
    setState(State::Conflict);
}

void EditSession::handleFailure(const Error &error)
{
    m_failure = error;
    if (error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::Cancelled) {
        setState(State::Waiting);
    } else {
        setState(State::Failed);
    }
}

void EditSession::settleSent()
{
    rememberBase(m_sending);
    if (m_pending != m_sending) {
        m_attempts = 0;
        return send(); // it was saved once more meanwhile
    }
    m_pending.reset();
    onDisk([store = m_store, id = origin().id()] {
        store.remove(id, Part::Pending);
        return true;
    });
    setState(State::Idle);
    emit saved();
}

void EditSession::overwrite()
{
    if (m_state == State::Conflict) {
        adoptTheirs();
        m_attempts = 0;
        send();
    }
}

void EditSession::saveMerged(const QByteArray &content)
{
    if (m_state == State::Conflict) {
        adoptTheirs();
        setState(State::Waiting);
        save(content);
    }
}

// What is about to be replaced was typed by somebody as well.
void EditSession::adoptTheirs()
{
    if (m_conflict.theirs) {
        onDisk([store = m_store, id = origin().id(), theirs = *m_conflict.theirs] {
            return store.addVersion(id, EditVersion::Kind::Fetched, theirs,
                                    QDateTime::currentDateTimeUtc());
        });
        rememberBase(*m_conflict.theirs);
    } else {
        m_base.reset();
        m_record.isThere = false;
        m_disk.start([store = m_store, id = origin().id()] { store.remove(id, Part::Base); });
    }
    m_conflict = {};
}

// The name is taken first, so that nothing is overwritten, and given back if it cannot be filled.
QFuture<Result<void>> EditSession::saveMineAs(const files::FilePath &path)
{
    if (m_fileSystem == nullptr) {
        return QtFuture::makeReadyValueFuture(
            Result<void>(base::Failure(Error{.kind = ErrorKind::ConnectionLost})));
    }
    const auto write = [this, path, run = m_run, mine = m_conflict.mine](const Result<void> &made) {
        if (!made || run != m_run) {
            return QtFuture::makeReadyValueFuture(
                made ? Result<void>(base::Failure(Error{.kind = ErrorKind::ConnectionLost}))
                     : made);
        }
        return m_fileSystem->replaceContent(path, mine, std::nullopt)
            .then(this, [this, path, run](const Result<void> &written) {
                if (!written && run == m_run) {
                    m_fileSystem->removeFile(path);
                }
                return written;
            });
    };
    return m_fileSystem->makeFile(path).then(this, write).unwrap();
}

void EditSession::keepDraft(const QByteArray &content)
{
    m_hasDraft = true;
    onDisk([store = m_store, record = m_record, content] {
        const auto kept = store.writeRecord(record);
        return kept ? store.write(record.origin.id(), Part::Draft, content) : kept;
    }).then(this, [this](const Result<void> &kept) {
        if (!kept) {
            emit notKept(kept.error());
        }
    });
}

void EditSession::dropDraft()
{
    m_hasDraft = false;
    m_disk.start([store = m_store, id = origin().id()] { store.remove(id, Part::Draft); });
}

void EditSession::giveUp()
{
    m_pending.reset();
    ++m_run;
    m_disk.start([store = m_store, id = origin().id()] { store.remove(id, Part::Pending); });
    setState(State::Idle);
}

QFuture<Result<QString>> EditSession::writeCopy(const QByteArray &content)
{
    return onDisk([store = m_store, record = m_record, content, isWritable = m_isWritable] {
        return store.writeCopy(record, content, isWritable);
    });
}

QFuture<QList<EditVersion>> EditSession::versions()
{
    return onDisk([store = m_store, id = origin().id()] { return store.versions(id); });
}

QFuture<std::optional<QByteArray>> EditSession::version(const QString &name)
{
    return onDisk([store = m_store, id = origin().id(), name] { return store.version(id, name); });
}

} // namespace edit
