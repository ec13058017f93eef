#include "sftp/ContentReplacement.h"

#include <algorithm>
#include <memory>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using files::FileType;

constexpr int mostBlocks = 32; // in flight
// Of a larger directory the line of one file is not looked for.
constexpr qsizetype mostNames = 20'000;
constexpr quint32 modeBits = 07777;
constexpr quint32 privateMode = 0600; // until the file has the mode of the one that it replaces

bool isSameState(const FileAttributes &expected, const FileAttributes &found)
{
    return expected.size == found.size && expected.modificationTime == found.modificationTime;
}

// One replacement. The callbacks of its requests keep it alive.
class Replacement : public std::enable_shared_from_this<Replacement>
{
public:
    Replacement(Engine &engine, QByteArray content, std::optional<FileAttributes> expected,
                Replacing way, Engine::Answered<void> answered)
        : m_engine(engine)
        , m_content(std::move(content))
        , m_expected(expected)
        , m_way(way)
        , m_answered(std::move(answered))
    {
    }

    // REALPATH also of a file that is gone: OpenSSH resolves what is in front of the last name.
    void start(const FilePath &path)
    {
        m_engine.realPath(path, [self = shared_from_this(), path](const Result<FilePath> &real) {
            self->m_target = real.value_or(path);
            self->lookAtTarget();
        });
    }

private:
    void lookAtTarget()
    {
        m_engine.status(m_target, [self = shared_from_this()](const Result<FileAttributes> &found) {
            self->handleTarget(found);
        });
    }

    void handleTarget(const Result<FileAttributes> &found)
    {
        if (!found) {
            if (found.error().kind == ErrorKind::NotFound && !m_expected) {
                return create();
            }
            return fail(found.error());
        }
        if (found->type() == FileType::Directory) {
            return fail(error(ErrorKind::IsADirectory));
        }
        if (m_expected && !isSameState(*m_expected, *found)) {
            return fail(error(ErrorKind::AlreadyExists));
        }
        m_present = *found;
        if (m_way == Replacing::Beside && found->type() == FileType::Regular
            && m_engine.offers(QByteArrayLiteral("posix-rename@openssh.com"))) {
            lookForHardLinks();
        } else {
            writeInPlace();
        }
    }

    void create()
    {
        m_isNew = true;
        m_written = m_target;
        open(OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive, {},
             [](Replacement &self, const Error &error) { self.fail(error); });
    }

    void lookForHardLinks()
    {
        const FilePath directory = m_target.parent();
        m_engine.openDirectory(directory,
                               [self = shared_from_this()](const Result<Handle> &handle) {
                                   if (!handle) { // it may be entered, not listed
                                       self->writeBeside();
                                       return;
                                   }
                                   self->readNames(*handle);
                               });
    }

    void readNames(const Handle &handle)
    {
        using Names = Result<std::optional<QList<ListedName>>>;
        m_engine.readDirectory(handle, [self = shared_from_this(), handle](const Names &names) {
            if (!names || !*names || self->m_names > mostNames) {
                self->endListing(handle, 1);
                return;
            }
            self->m_names += (*names)->size();
            const auto own = std::ranges::find(**names, self->m_target.name(), &ListedName::name);
            if (own == (*names)->end()) {
                self->readNames(handle);
            } else {
                self->endListing(handle, linkCountIn(own->longName).value_or(1));
            }
        });
    }

    void endListing(const Handle &handle, quint64 links)
    {
        m_engine.close(handle, [](const auto &) { });
        if (links > 1) {
            writeInPlace();
        } else {
            writeBeside();
        }
    }

    void writeBeside()
    {
        m_written = m_target.parent().child(files::temporaryName(m_target.name()));
        FileAttributes attributes;
        attributes.permissions = privateMode;
        open(OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive, attributes,
             [](Replacement &self, const Error &) { self.writeInPlace(); });
    }

    void writeInPlace()
    {
        m_isInPlace = true;
        m_written = m_target;
        open(OpenFlag::Write, {}, [](Replacement &self, const Error &error) { self.fail(error); });
    }

    void open(OpenFlags flags, const FileAttributes &attributes,
              void (*otherwise)(Replacement &self, const Error &error))
    {
        m_engine.open(m_written, flags, attributes,
                      [self = shared_from_this(), otherwise](const Result<Handle> &handle) {
                          if (!handle) {
                              return otherwise(*self, handle.error());
                          }
                          self->m_handle = *handle;
                          self->m_offset = 0;
                          if (self->m_isInPlace || self->m_isNew) {
                              self->writeMore();
                          } else {
                              self->keepOwner();
                          }
                      });
    }

    // Before anything is written: where it can not be kept, nothing was done for nothing.
    void keepOwner()
    {
        m_engine.status(m_handle, [self = shared_from_this()](const Result<FileAttributes> &own) {
            const FileAttributes &present = self->m_present;
            if (!own || !present.userId || !present.groupId
                || (own->userId == present.userId && own->groupId == present.groupId)) {
                self->writeMore();
                return;
            }
            FileAttributes owner;
            owner.userId = present.userId;
            owner.groupId = present.groupId;
            self->m_engine.setAttributes(self->m_handle, owner, [self](const Result<void> &given) {
                if (given) {
                    self->writeMore();
                } else {
                    self->leave([self] { self->writeInPlace(); });
                }
            });
        });
    }

    void writeMore()
    {
        const qsizetype most = m_engine.limits().writeBytes;
        while (!m_error && m_inFlight < mostBlocks && m_offset < m_content.size()) {
            const QByteArray block
                = m_content.mid(m_offset, std::min(most, m_content.size() - m_offset));
            ++m_inFlight;
            const auto offset = static_cast<quint64>(m_offset);
            m_offset += block.size();
            m_engine.write(m_handle, offset, block,
                           [self = shared_from_this()](const Result<void> &written) {
                               --self->m_inFlight;
                               if (!written && !self->m_error) {
                                   self->m_error = written.error();
                               }
                               self->writeMore();
                           });
        }
        if (m_inFlight == 0 && !m_isWritten && (m_error || m_offset == m_content.size())) {
            m_isWritten = true;
            finishWriting();
        }
    }

    // The mode after the owner, for giving a file away takes the set-user-ID bit from it.
    void finishWriting()
    {
        if (m_error) {
            return giveUp(*m_error);
        }
        FileAttributes last;
        if (m_isInPlace) {
            last.size = static_cast<quint64>(m_content.size());
        } else if (!m_isNew && m_present.permissions) {
            last.permissions = *m_present.permissions & modeBits;
        } else {
            return flush();
        }
        m_engine.setAttributes(m_handle, last,
                               [self = shared_from_this()](const Result<void> &set) {
                                   if (set) {
                                       self->flush();
                                   } else {
                                       self->giveUp(set.error());
                                   }
                               });
    }

    void flush()
    {
        m_engine.flush(m_handle, [self = shared_from_this()](const Result<void> &flushed) {
            if (!flushed && flushed.error().kind != ErrorKind::Unsupported) {
                return self->giveUp(flushed.error());
            }
            self->m_engine.close(self->m_handle, [self](const Result<void> &closed) {
                if (!closed) {
                    self->remove();
                    self->fail(closed.error());
                } else if (self->m_isInPlace || self->m_isNew) {
                    self->m_answered({});
                } else {
                    self->takePlace();
                }
            });
        });
    }

    void takePlace()
    {
        m_engine.status(m_target, [self = shared_from_this()](const Result<FileAttributes> &now) {
            if (now && !isSameState(self->m_present, *now)) {
                self->remove();
                return self->fail(self->error(ErrorKind::AlreadyExists));
            }
            self->m_engine.replace(self->m_written, self->m_target,
                                   [self](const Result<void> &replaced) {
                                       if (!replaced) { // of a sticky directory, say
                                           self->remove();
                                           self->m_isWritten = false;
                                           return self->writeInPlace();
                                       }
                                       self->m_answered({});
                                   });
        });
    }

    void leave(std::function<void()> then)
    {
        m_engine.close(m_handle,
                       [self = shared_from_this(), then = std::move(then)](const Result<void> &) {
                           self->remove();
                           then();
                       });
    }

    void giveUp(const Error &error)
    {
        leave([self = shared_from_this(), error] { self->fail(error); });
    }

    // Only what was made here.
    void remove()
    {
        if (!m_isInPlace) {
            m_engine.remove(m_written, [](const Result<void> &) { });
        }
    }

    Error error(ErrorKind kind) const
    {
        Error error;
        error.kind = kind;
        error.operation = QStringLiteral("replace the content");
        error.subject = m_target.toDisplay();
        return error;
    }

    void fail(const Error &error) { m_answered(Failure(error)); }

    Engine &m_engine;
    const QByteArray m_content;
    const std::optional<FileAttributes> m_expected;
    const Replacing m_way;
    Engine::Answered<void> m_answered;
    FilePath m_target; // where a link leads
    FilePath m_written; // the target itself, or what will take its place
    FileAttributes m_present; // of the target
    Handle m_handle; // of m_written
    std::optional<Error> m_error; // the first one of a write
    qsizetype m_names = 0; // of the directory, read so far
    qsizetype m_offset = 0;
    int m_inFlight = 0;
    bool m_isInPlace = false;
    bool m_isNew = false;
    bool m_isWritten = false;
};

} // namespace

void replaceContent(Engine &engine, const FilePath &path, const QByteArray &content,
                    const std::optional<FileAttributes> &expected, Replacing way,
                    Engine::Answered<void> answered)
{
    std::make_shared<Replacement>(engine, content, expected, way, std::move(answered))->start(path);
}

void probeWriting(Engine &engine, const FilePath &path, Engine::Answered<void> answered)
{
    engine.open(path, OpenFlag::Write, {},
                [&engine, answered = std::move(answered)](const Result<Handle> &handle) mutable {
                    if (!handle) {
                        answered(Failure(handle.error()));
                        return;
                    }
                    engine.close(*handle, [](const auto &) { });
                    answered({});
                });
}

// POSIX has one character of the implementation's there: "+" for an access list (GNU, BSD,
// busybox),
// "." for a label of SELinux alone.
bool hasAccessList(const QByteArray &line)
{
    constexpr qsizetype modeCharacters = 10;
    return line.size() > modeCharacters && line.startsWith('-') && line[modeCharacters] == '+';
}

std::optional<quint64> linkCountIn(const QByteArray &longName)
{
    const QByteArrayList fields = longName.simplified().split(' ');
    const bool isListing = fields.size() > 2 && fields.first().size() >= 10;
    bool isNumber = false;
    const quint64 count = isListing ? fields[1].toULongLong(&isNumber) : 0;
    return isNumber ? std::optional(count) : std::nullopt;
}

} // namespace sftp
