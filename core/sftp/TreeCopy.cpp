// copyTree(): several files at once, directories before what is in them and finished after it.

#include "sftp/FileOperations.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FilePath;
using files::FileType;

constexpr int mostFiles = 16;

// A server answers nothing else on this channel meanwhile.
constexpr quint64 copyDataBytes = quint64{64} * 1024 * 1024;

// Through us: so many blocks on their way for each file.
constexpr int lanes = 16;
constexpr quint32 laneBytes = 32 * 1024;

FileAttributes creationMode(quint32 bits)
{
    FileAttributes attributes;
    attributes.permissions = bits;
    return attributes;
}

// What a copy keeps of its source.
FileAttributes kept(const FileAttributes &source)
{
    FileAttributes attributes;
    if (const auto mode = source.mode()) {
        attributes.permissions = mode->bits();
    }
    attributes.modificationTime = source.modificationTime;
    attributes.accessTime = source.modificationTime && !source.accessTime ? source.modificationTime
                                                                          : source.accessTime;
    if (!source.modificationTime) {
        attributes.accessTime.reset();
    }
    return attributes;
}

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    return error;
}

// One file. The callbacks of its requests keep it alive.
class FileDuplicate : public std::enable_shared_from_this<FileDuplicate>
{
public:
    FileDuplicate(Engine &engine, FilePath from, FilePath to, const FileAttributes &attributes,
                  IsAbandoned isAbandoned, Engine::Answered<void> answered)
        : m_engine(engine)
        , m_from(std::move(from))
        , m_to(std::move(to))
        , m_attributes(attributes)
        , m_isAbandoned(std::move(isAbandoned))
        , m_answered(std::move(answered))
    {
    }

    void start();

private:
    void openTarget();
    void copyNext(quint64 offset);
    void startLane();
    void write(quint64 offset, const QByteArray &data);
    void endLane(std::optional<Error> error);
    void finish(const Result<void> &copied);

    Engine &m_engine;
    FilePath m_from;
    FilePath m_to;
    FileAttributes m_attributes;
    IsAbandoned m_isAbandoned;
    Engine::Answered<void> m_answered;
    Handle m_source;
    Handle m_target;
    quint64 m_next = 0; // offset of the block that is read next, through us
    int m_lanes = 0;
    bool m_isAtEnd = false;
    std::optional<Error> m_error; // the first one
};

void FileDuplicate::start()
{
    m_engine.open(m_from, OpenFlag::Read, {},
                  [self = shared_from_this()](const Result<Handle> &handle) {
                      if (!handle) {
                          self->m_answered(Failure(handle.error()));
                          return;
                      }
                      self->m_source = *handle;
                      self->openTarget();
                  });
}

void FileDuplicate::openTarget()
{
    const OpenFlags flags = OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive;
    m_engine.open(m_to, flags, creationMode(0600),
                  [self = shared_from_this()](const Result<Handle> &handle) {
                      if (!handle) {
                          self->m_engine.close(self->m_source, [](const auto &) { });
                          self->m_answered(Failure(handle.error()));
                          return;
                      }
                      self->m_target = *handle;
                      if (self->m_engine.offers(QByteArrayLiteral("copy-data"))) {
                          return self->copyNext(0);
                      }
                      self->m_lanes = lanes;
                      for (int lane = 0; lane < lanes; ++lane) {
                          self->startLane();
                      }
                  });
}

// The last part is "all that is left": a file may have grown, or have a size that it does not tell.
void FileDuplicate::copyNext(quint64 offset)
{
    if (m_isAbandoned()) {
        return finish(Failure(cancelled()));
    }
    const quint64 size = m_attributes.size.value_or(0);
    const bool isLast = size <= offset || size - offset <= copyDataBytes;
    m_engine.copyData(m_source, offset, isLast ? 0 : copyDataBytes, m_target, offset,
                      [self = shared_from_this(), offset, isLast](const Result<void> &copied) {
                          if (!copied || isLast) {
                              self->finish(copied);
                          } else {
                              self->copyNext(offset + copyDataBytes);
                          }
                      });
}

void FileDuplicate::startLane()
{
    if (m_isAbandoned()) {
        return endLane(cancelled());
    }
    if (m_isAtEnd || m_error) {
        return endLane({});
    }
    const quint64 offset = m_next;
    m_next += laneBytes;
    m_engine.read(
        m_source, offset, laneBytes,
        [self = shared_from_this(), offset](const Result<std::optional<QByteArray>> &data) {
            if (!data) {
                self->endLane(data.error());
            } else if (!*data) {
                self->m_isAtEnd = true;
                self->endLane({});
            } else {
                self->write(offset, **data);
            }
        });
}

// A block that came short is followed by the rest of it, unless the file ends there.
void FileDuplicate::write(quint64 offset, const QByteArray &data)
{
    const quint64 end = offset + static_cast<quint64>(data.size());
    const quint64 missing = laneBytes - std::min<quint64>(laneBytes, end % laneBytes);
    const bool isShort = end % laneBytes != 0;
    m_engine.write(m_target, offset, data,
                   [self = shared_from_this(), end, missing, isShort](const Result<void> &written) {
                       if (!written) {
                           return self->endLane(written.error());
                       }
                       if (!isShort || self->m_error) {
                           return self->startLane();
                       }
                       self->m_engine.read(
                           self->m_source, end, static_cast<quint32>(missing),
                           [self, end](const Result<std::optional<QByteArray>> &rest) {
                               if (!rest) {
                                   self->endLane(rest.error());
                               } else if (!*rest || (*rest)->isEmpty()) {
                                   self->m_isAtEnd = true;
                                   self->endLane({});
                               } else {
                                   self->write(end, **rest);
                               }
                           });
                   });
}

void FileDuplicate::endLane(std::optional<Error> error)
{
    if (error && !m_error) {
        m_error = std::move(error);
    }
    if (--m_lanes == 0) {
        finish(m_error ? Result<void>(Failure(*m_error)) : Result<void>());
    }
}

// What is not whole goes away again. A server that refuses to set a time has copied all the same.
void FileDuplicate::finish(const Result<void> &copied)
{
    m_engine.close(m_source, [](const auto &) { });
    if (copied) {
        m_engine.setAttributes(m_target, kept(m_attributes), [](const auto &) { });
    }
    m_engine.close(m_target, [self = shared_from_this(), copied](const Result<void> &closed) {
        const Result<void> result = copied ? closed : copied;
        if (!result) {
            self->m_engine.remove(self->m_to, [](const auto &) { });
        }
        self->m_answered(result);
    });
}

// A directory whose contents are being copied.
struct Branch
{
    FilePath target;
    FileAttributes attributes; // of the source
    std::shared_ptr<Branch> parent; // shared by all children; null for the root of the tree
    qsizetype children = 0; // not copied yet
};

struct Step
{
    FilePath from;
    FilePath to;
    FileAttributes attributes; // of the source
    std::shared_ptr<Branch> parent;
};

// One copy. The callbacks of its requests keep it alive.
class TreeCopy : public std::enable_shared_from_this<TreeCopy>
{
public:
    TreeCopy(Engine &engine, std::function<void(int)> progressed, IsAbandoned isAbandoned,
             Engine::Answered<void> answered)
        : m_engine(engine)
        , m_progressed(std::move(progressed))
        , m_isAbandoned(std::move(isAbandoned))
        , m_answered(std::move(answered))
    {
    }

    void start(const FilePath &from, const FilePath &to);

private:
    void takeSteps();
    void take(const Step &step);
    void copyDirectory(const Step &step);
    void handleContents(const Step &step, const std::shared_ptr<Branch> &branch,
                        const Result<DirectoryContents> &contents);
    void copyLink(const Step &step);
    void finishStep(const std::shared_ptr<Branch> &parent, const Result<void> &copied);
    void finishDirectory(const std::shared_ptr<Branch> &branch);
    void note(const Error &error);

    Engine &m_engine;
    std::function<void(int)> m_progressed;
    IsAbandoned m_isAbandoned;
    Engine::Answered<void> m_answered;
    std::vector<Step> m_steps; // the last one first: deep before wide keeps it short
    std::optional<Error> m_error; // the first one
    int m_inWork = 0;
    int m_done = 0;
};

void TreeCopy::start(const FilePath &from, const FilePath &to)
{
    m_engine.linkStatus(
        from, [self = shared_from_this(), from, to](const Result<FileAttributes> &source) {
            if (!source) {
                self->m_answered(Failure(source.error()));
                return;
            }
            self->m_steps.push_back({from, to, *source, nullptr});
            self->takeSteps();
        });
}

void TreeCopy::takeSteps()
{
    if (m_isAbandoned() && !m_steps.empty()) {
        note(cancelled());
    }
    if (m_error) {
        m_steps.clear();
    }
    while (!m_error && !m_steps.empty() && m_inWork < mostFiles) {
        const Step step = std::move(m_steps.back());
        m_steps.pop_back();
        ++m_inWork;
        take(step);
    }
    if (m_inWork == 0) {
        m_answered(m_error ? Result<void>(Failure(*m_error)) : Result<void>());
    }
}

void TreeCopy::take(const Step &step)
{
    switch (step.attributes.type()) {
    case FileType::Directory:
        return copyDirectory(step);
    case FileType::SymbolicLink:
        return copyLink(step);
    case FileType::Regular:
    case FileType::Unknown:
        break;
    default: {
        Error error; // a device or a pipe has no contents to copy
        error.kind = ErrorKind::Unsupported;
        error.operation = QStringLiteral("copy");
        error.subject = step.from.toDisplay();
        note(error);
        --m_inWork; // takeSteps() is on its way and goes on
        return;
    }
    }
    std::make_shared<FileDuplicate>(
        m_engine, step.from, step.to, step.attributes, m_isAbandoned,
        [self = shared_from_this(), parent = step.parent](const Result<void> &copied) {
            self->finishStep(parent, copied);
        })
        ->start();
}

void TreeCopy::copyDirectory(const Step &step)
{
    makeDirectory(m_engine, step.to, creationMode(0700),
                  [self = shared_from_this(), step](const Result<void> &made) {
                      if (!made) {
                          return self->finishStep(step.parent, made);
                      }
                      auto branch = std::make_shared<Branch>(step.to, step.attributes, step.parent);
                      listDirectory(self->m_engine, step.from, {.linkTargets = LinkTargets::Ignore},
                                    self->m_isAbandoned,
                                    [self, step, branch](const Result<DirectoryContents> &found) {
                                        self->handleContents(step, branch, found);
                                    });
                  });
}

void TreeCopy::handleContents(const Step &step, const std::shared_ptr<Branch> &branch,
                              const Result<DirectoryContents> &contents)
{
    if (!contents) {
        return finishStep(step.parent, Failure(contents.error()));
    }
    for (const FileEntry &entry : contents->entries) {
        m_steps.push_back(
            {step.from.child(entry.name), step.to.child(entry.name), entry.attributes, branch});
    }
    branch->children = contents->entries.size();
    if (branch->children == 0) {
        return finishDirectory(branch);
    }
    --m_inWork; // its children are what goes on
    takeSteps();
}

void TreeCopy::copyLink(const Step &step)
{
    m_engine.readLink(step.from, [self = shared_from_this(), step](const auto &target) {
        if (!target) {
            return self->finishStep(step.parent, Failure(target.error()));
        }
        makeLink(self->m_engine, step.to, *target,
                 [self, parent = step.parent](const Result<void> &made) {
                     self->finishStep(parent, made);
                 });
    });
}

// Its mode comes last: it may forbid to write into it, and writing changes its times.
void TreeCopy::finishDirectory(const std::shared_ptr<Branch> &branch)
{
    m_engine.setAttributes(branch->target, kept(branch->attributes),
                           [self = shared_from_this(), parent = branch->parent](
                               const Result<void> &) { self->finishStep(parent, {}); });
}

void TreeCopy::finishStep(const std::shared_ptr<Branch> &parent, const Result<void> &copied)
{
    if (copied) {
        m_progressed(++m_done);
    } else {
        note(copied.error());
    }
    if (copied && parent && --parent->children == 0) {
        return finishDirectory(parent); // takes the place of its last child
    }
    --m_inWork;
    takeSteps();
}

void TreeCopy::note(const Error &error)
{
    if (!m_error) {
        m_error = error;
    }
}

} // namespace

void copyTree(Engine &engine, const FilePath &from, const FilePath &to,
              std::function<void(int)> progressed, IsAbandoned isAbandoned,
              Engine::Answered<void> answered)
{
    const FilePath temporary = to.parent().child(files::temporaryName(to.name()));
    auto shared = std::make_shared<Engine::Answered<void>>(std::move(answered));
    const auto discard = [&engine, temporary, shared](const Result<void> &failed) {
        discardTree(engine, temporary,
                    [shared, failed](const Result<void> &) { (*shared)(failed); });
    };
    auto copied = [&engine, temporary, to, shared, discard](const Result<void> &copy) {
        if (!copy) {
            return discard(copy);
        }
        renameToFreeName(engine, temporary, to, [shared, discard](const Result<void> &renamed) {
            renamed ? (*shared)(renamed) : discard(renamed);
        });
    };
    if (from.normalized().contains(to.normalized())) {
        Error error;
        error.kind = ErrorKind::InvalidName;
        error.operation = QStringLiteral("copy");
        error.subject = to.toDisplay();
        (*shared)(Failure(error)); // into itself it would never end
        return;
    }
    auto copy = std::make_shared<TreeCopy>(engine, std::move(progressed), std::move(isAbandoned),
                                           std::move(copied));
    expectFreeName(engine, from, to, [copy, shared, from, temporary](const Result<void> &isFree) {
        isFree ? copy->start(from, temporary) : (*shared)(isFree);
    });
}

} // namespace sftp
