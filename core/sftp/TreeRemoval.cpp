// removeTree(): many removals in flight, directories after what was in them.

#include "sftp/FileOperations.h"
#include "sftp/TreePace.h"

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

// A directory that is being emptied.
struct Branch
{
    FilePath path;
    std::shared_ptr<Branch> parent; // shared by all children; null for the root of the tree
    qsizetype children = 0; // not removed yet
};

struct Step
{
    enum class Kind { List, RemoveFile, RemoveDirectory };

    Kind kind;
    FilePath path;
    std::shared_ptr<Branch> branch; // that `path` is in, or is when listed or removed
};

// One removal. The callbacks of its requests keep it alive.
class TreeRemoval : public std::enable_shared_from_this<TreeRemoval>
{
public:
    TreeRemoval(Engine &engine, IsAbandoned isAbandoned, std::function<void(int)> progressed,
                Engine::Answered<void> answered)
        : m_engine(engine)
        , m_isAbandoned(std::move(isAbandoned))
        , m_progressed(std::move(progressed))
        , m_answered(std::move(answered))
    {
    }

    void start(const FilePath &path);

private:
    void startUnlessLink(const FilePath &path);
    void startDirectory(const FilePath &path, const std::shared_ptr<Branch> &parent);
    bool mayTake(const Step &step) const;
    void takeSteps();
    void take(const Step &step);
    void handleContents(const std::shared_ptr<Branch> &branch,
                        const Result<DirectoryContents> &contents);
    void handleRemoved(const std::shared_ptr<Branch> &branch, const Result<void> &removed);
    void note(const Error &error);

    Engine &m_engine;
    IsAbandoned m_isAbandoned;
    std::function<void(int)> m_progressed;
    Engine::Answered<void> m_answered;
    std::vector<Step> m_steps; // the last one first: deep before wide keeps it short
    std::optional<Error> m_error; // the first one
    TreePace m_pace;
    int m_done = 0;
};

void TreeRemoval::start(const FilePath &path)
{
    m_pace.requested();
    m_engine.linkStatus(
        path, [self = shared_from_this(), path](const Result<FileAttributes> &attributes) {
            self->m_pace.answered();
            if (!attributes) {
                self->note(attributes.error());
            } else if (attributes->type() == FileType::Directory) {
                self->startUnlessLink(path);
            } else {
                self->m_steps.push_back({Step::Kind::RemoveFile, path, nullptr});
            }
            self->takeSteps();
        });
}

// ProFTPD's mod_sftp (seen with 1.3.8) follows a link when it answers LSTAT: what is called a
// directory may be a link, and what it points at must not be emptied. READLINK tells them apart.
void TreeRemoval::startUnlessLink(const FilePath &path)
{
    m_pace.requested();
    m_engine.readLink(path, [self = shared_from_this(), path](const Result<QByteArray> &target) {
        self->m_pace.answered();
        if (target) {
            self->m_steps.push_back({Step::Kind::RemoveFile, path, nullptr});
        } else {
            self->startDirectory(path, nullptr);
        }
        self->takeSteps();
    });
}

void TreeRemoval::startDirectory(const FilePath &path, const std::shared_ptr<Branch> &parent)
{
    auto branch = std::make_shared<Branch>(Branch{path, parent});
    m_steps.push_back({Step::Kind::List, path, std::move(branch)});
}

bool TreeRemoval::mayTake(const Step &step) const
{
    return step.kind == Step::Kind::List ? m_pace.mayList() : m_pace.mayRequest();
}

void TreeRemoval::takeSteps()
{
    if (m_isAbandoned() && !m_steps.empty()) {
        Error error;
        error.kind = ErrorKind::Cancelled;
        note(error);
        m_steps.clear();
    }
    while (!m_steps.empty() && mayTake(m_steps.back())) {
        const Step step = std::move(m_steps.back());
        m_steps.pop_back();
        take(step);
    }
    if (m_pace.isIdle()) {
        m_answered(m_error ? Result<void>(Failure(*m_error)) : Result<void>());
    }
}

void TreeRemoval::take(const Step &step)
{
    auto removed = [self = shared_from_this(), branch = step.branch](const Result<void> &result) {
        self->m_pace.answered();
        self->handleRemoved(branch, result);
        self->takeSteps();
    };
    switch (step.kind) {
    case Step::Kind::List:
        m_pace.listing();
        listDirectory(m_engine, step.path, {.linkTargets = LinkTargets::Ignore}, m_isAbandoned,
                      [self = shared_from_this(),
                       branch = step.branch](const Result<DirectoryContents> &contents) {
                          self->m_pace.listed();
                          self->handleContents(branch, contents);
                          self->takeSteps();
                      });
        break;
    case Step::Kind::RemoveFile:
        m_pace.requested();
        m_engine.remove(step.path, std::move(removed));
        break;
    case Step::Kind::RemoveDirectory:
        m_pace.requested();
        m_engine.removeDirectory(step.path, std::move(removed));
        break;
    }
}

void TreeRemoval::handleContents(const std::shared_ptr<Branch> &branch,
                                 const Result<DirectoryContents> &contents)
{
    // What can not be listed may still be empty, and what has unusable names in it may not: the
    // server decides when the directory itself is removed.
    if (!contents) {
        note(contents.error());
    }
    const QList<FileEntry> entries = contents ? contents->entries : QList<FileEntry>();
    branch->children = entries.size();
    if (entries.isEmpty()) {
        m_steps.push_back({Step::Kind::RemoveDirectory, branch->path, branch->parent});
    }
    for (const FileEntry &entry : entries) {
        const FilePath path = branch->path.child(entry.name);
        if (entry.attributes.type() == FileType::Directory) {
            startDirectory(path, branch);
        } else {
            m_steps.push_back({Step::Kind::RemoveFile, path, branch});
        }
    }
}

void TreeRemoval::handleRemoved(const std::shared_ptr<Branch> &branch, const Result<void> &removed)
{
    if (removed) {
        m_progressed(++m_done);
    } else {
        note(removed.error());
    }
    if (branch && --branch->children == 0) {
        m_steps.push_back({Step::Kind::RemoveDirectory, branch->path, branch->parent});
    }
}

void TreeRemoval::note(const Error &error)
{
    if (!m_error) {
        m_error = error;
    }
}

} // namespace

void removeTree(Engine &engine, const FilePath &path, IsAbandoned isAbandoned,
                std::function<void(int)> progressed, Engine::Answered<void> answered)
{
    std::make_shared<TreeRemoval>(engine, std::move(isAbandoned), std::move(progressed),
                                  std::move(answered))
        ->start(path);
}

void removeTree(Engine &engine, const FilePath &path, IsAbandoned isAbandoned,
                Engine::Answered<void> answered)
{
    removeTree(engine, path, std::move(isAbandoned), [](int) { }, std::move(answered));
}

void discardTree(Engine &engine, const FilePath &path, Engine::Answered<void> answered)
{
    const auto never = [] { return false; };
    auto shared = std::make_shared<Engine::Answered<void>>(std::move(answered));
    removeTree(engine, path, never, [&engine, path, never, shared](const Result<void> &removed) {
        if (removed || removed.error().kind != ErrorKind::PermissionDenied) {
            return (*shared)(removed);
        }
        files::AttributeChange open;
        open.directories.set = 0700;
        changeTree(
            engine, path, open, never, [](int) {},
            [&engine, path, never, shared](const Result<void> &) {
                removeTree(engine, path, never,
                           [shared](const Result<void> &again) { (*shared)(again); });
            });
    });
}

void removeEmptyDirectory(Engine &engine, const FilePath &path, Engine::Answered<void> answered)
{
    auto shared = std::make_shared<Engine::Answered<void>>(std::move(answered));
    engine.removeDirectory(path, [&engine, path, shared](const Result<void> &removed) {
        if (removed || removed.error().kind != ErrorKind::ServerFailure) {
            return (*shared)(removed);
        }
        listDirectory(
            engine, path, {.linkTargets = LinkTargets::Ignore}, [] { return false; },
            [shared, error = removed.error()](const Result<DirectoryContents> &contents) mutable {
                if (contents && !contents->entries.isEmpty()) {
                    error.kind = ErrorKind::DirectoryNotEmpty;
                }
                (*shared)(Failure(error));
            });
    });
}

} // namespace sftp
