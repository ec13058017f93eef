#include "keyinstall/AuthorizedKeysEdit.h"

#include "keyinstall/AuthorizedKeys.h"

namespace keyinstall {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using files::FileType;
using sftp::Handle;
using sftp::OpenFlag;

constexpr quint32 directoryMode = 0700;
constexpr quint32 fileMode = 0600;
constexpr quint32 forOthers = 0077;
constexpr qsizetype sizeLimit = qsizetype{4} * 1024 * 1024; // some ten thousand keys
constexpr quint32 pieceBytes = 32 * 1024;

// Relative paths begin where the login does.
const FilePath &directory()
{
    static const FilePath path(QByteArrayLiteral(".ssh"));
    return path;
}

const FilePath &file()
{
    static const FilePath path(QByteArrayLiteral(".ssh/authorized_keys"));
    return path;
}

FileAttributes attributesOf(quint32 mode)
{
    FileAttributes attributes;
    attributes.permissions = mode;
    return attributes;
}

Error error(ErrorKind kind, const QString &detail)
{
    return {.kind = kind,
            .operation = QStringLiteral("install key"),
            .subject = file().toDisplay(),
            .detail = detail};
}

} // namespace

void AuthorizedKeysEdit::run(sftp::Engine &engine, const QByteArray &line, const QByteArray &blob,
                             sftp::Engine::Answered<Outcome> answered)
{
    // The callbacks of its requests keep it alive.
    const std::shared_ptr<AuthorizedKeysEdit> edit(
        new AuthorizedKeysEdit(engine, line, blob, std::move(answered)));
    edit->lookAtDirectory();
}

AuthorizedKeysEdit::AuthorizedKeysEdit(sftp::Engine &engine, QByteArray line, QByteArray blob,
                                       sftp::Engine::Answered<Outcome> answered)
    : m_engine(engine)
    , m_line(std::move(line))
    , m_blob(std::move(blob))
    , m_answered(std::move(answered))
{
}

void AuthorizedKeysEdit::lookAtDirectory()
{
    m_engine.status(directory(),
                    [self = shared_from_this()](const Result<FileAttributes> &attributes) {
                        self->handleDirectory(attributes);
                    });
}

void AuthorizedKeysEdit::handleDirectory(const Result<FileAttributes> &attributes)
{
    const auto next = [self = shared_from_this()] { self->lookAtFile(); };
    if (attributes) {
        const auto mode = attributes->permissions;
        if (attributes->type() != FileType::Directory && mode) {
            fail(error(ErrorKind::NotADirectory,
                       QStringLiteral("On the server, .ssh is not a directory.")));
        } else if (mode && (*mode & forOthers) != 0) {
            setMode(directory(), directoryMode, next);
        } else {
            next();
        }
        return;
    }
    if (attributes.error().kind != ErrorKind::NotFound) {
        fail(attributes.error());
        return;
    }
    m_engine.makeDirectory(directory(), attributesOf(directoryMode),
                           [self = shared_from_this(), next](const Result<void> &made) {
                               if (made) {
                                   self->setMode(directory(), directoryMode, next);
                               } else {
                                   self->fail(made.error());
                               }
                           });
}

void AuthorizedKeysEdit::lookAtFile()
{
    m_engine.status(file(), [self = shared_from_this()](const Result<FileAttributes> &attributes) {
        self->handleFile(attributes);
    });
}

void AuthorizedKeysEdit::handleFile(const Result<FileAttributes> &attributes)
{
    if (!attributes) {
        if (attributes.error().kind == ErrorKind::NotFound) {
            append();
        } else {
            fail(attributes.error());
        }
        return;
    }
    m_mode = attributes->permissions.value_or(fileMode);
    const bool isRegular
        = attributes->type() == FileType::Regular || attributes->type() == FileType::Unknown;
    if (!isRegular) {
        fail(error(ErrorKind::Unsupported,
                   QStringLiteral("On the server, .ssh/authorized_keys is not a regular file.")));
        return;
    }
    readAll([self = shared_from_this()](const Result<QByteArray> &content) {
        self->handleContent(content);
    });
}

void AuthorizedKeysEdit::handleContent(const Result<QByteArray> &content)
{
    if (!content) {
        fail(content.error());
    } else if (holdsKey(*content, m_blob)) {
        m_outcome = Outcome::WasThere;
        tighten();
    } else {
        m_before = *content;
        append();
    }
}

void AuthorizedKeysEdit::append()
{
    m_engine.open(file(), {OpenFlag::Write, OpenFlag::Append, OpenFlag::Create},
                  attributesOf(fileMode),
                  [self = shared_from_this()](const Result<Handle> &handle) {
                      if (handle) {
                          self->write(*handle);
                      } else {
                          self->fail(handle.error());
                      }
                  });
}

// The place is told all the same: not all servers know of appending.
void AuthorizedKeysEdit::write(const Handle &handle)
{
    m_engine.write(handle, static_cast<quint64>(m_before.size()), addition(m_before, m_line),
                   [self = shared_from_this(), handle](const Result<void> &written) {
                       self->m_engine.close(handle, [self, written](const Result<void> &closed) {
                           const Result<void> both = written ? closed : written;
                           if (both) {
                               self->verify();
                           } else {
                               self->repair(both.error());
                           }
                       });
                   });
}

void AuthorizedKeysEdit::verify()
{
    readAll([self = shared_from_this()](const Result<QByteArray> &content) {
        if (!content) {
            self->fail(content.error());
        } else if (!content->startsWith(self->m_before) || !holdsKey(*content, self->m_blob)) {
            self->fail(error(ErrorKind::ServerFailure,
                             QStringLiteral("The file does not hold what was written to it; "
                                            "somebody else may have changed it.")));
        } else {
            self->tighten();
        }
    });
}

// Half a line, because the disk is full, would spoil the next one that is appended.
void AuthorizedKeysEdit::repair(const Error &error)
{
    readAll([self = shared_from_this(), error](const Result<QByteArray> &content) {
        const QByteArray whole = self->m_before + addition(self->m_before, self->m_line);
        const bool isHalfWritten
            = content && content->size() > self->m_before.size() && whole.startsWith(*content);
        if (!isHalfWritten) {
            self->fail(error);
            return;
        }
        FileAttributes attributes;
        attributes.size = static_cast<quint64>(self->m_before.size());
        self->m_engine.setAttributes(file(), attributes,
                                     [self, error](const Result<void> &) { self->fail(error); });
    });
}

void AuthorizedKeysEdit::tighten()
{
    const auto done = [self = shared_from_this()] { self->finish(self->m_outcome); };
    if ((m_mode & forOthers) != 0) {
        setMode(file(), fileMode, done);
    } else {
        done();
    }
}

void AuthorizedKeysEdit::readAll(Read read)
{
    m_engine.open(
        file(), OpenFlag::Read, {},
        [self = shared_from_this(), read = std::move(read)](const Result<Handle> &handle) mutable {
            if (handle) {
                self->readMore(*handle, {}, std::move(read));
            } else {
                read(base::Failure(handle.error()));
            }
        });
}

void AuthorizedKeysEdit::readMore(const Handle &handle, QByteArray content, Read read)
{
    const auto offset = static_cast<quint64>(content.size());
    m_engine.read(handle, offset, pieceBytes,
                  [self = shared_from_this(), handle, content = std::move(content),
                   read = std::move(read)](const Result<std::optional<QByteArray>> &piece) mutable {
                      const auto conclude = [&](Result<QByteArray> result) {
                          self->m_engine.close(handle, [](const Result<void> &) { });
                          read(std::move(result));
                      };
                      if (!piece) {
                          conclude(base::Failure(piece.error()));
                      } else if (!piece->has_value()) {
                          conclude(std::move(content));
                      } else if (content.size() + (*piece)->size() > sizeLimit) {
                          conclude(base::Failure(error(
                              ErrorKind::Unsupported,
                              QStringLiteral("On the server, .ssh/authorized_keys is larger than "
                                             "4 MiB."))));
                      } else {
                          self->readMore(handle, content + **piece, std::move(read));
                      }
                  });
}

void AuthorizedKeysEdit::setMode(const FilePath &path, quint32 mode,
                                 std::move_only_function<void()> next)
{
    m_engine.setAttributes(
        path, attributesOf(mode),
        [self = shared_from_this(), next = std::move(next)](const Result<void> &set) mutable {
            if (set) {
                next();
            } else {
                self->fail(set.error());
            }
        });
}

void AuthorizedKeysEdit::fail(const Error &error)
{
    m_answered(base::Failure(error));
}

void AuthorizedKeysEdit::finish(Outcome outcome)
{
    m_answered(outcome);
}

} // namespace keyinstall
