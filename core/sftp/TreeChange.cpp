// changeTree(): many changes in flight; a directory that nobody may enter afterwards comes after
// what is in it.

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
using files::AttributeChange;
using files::FileAttributes;
using files::FileEntry;
using files::FilePath;
using files::FileType;

bool isEmpty(const FileAttributes &wanted)
{
    return wanted == FileAttributes();
}

// A directory whose contents are being changed.
struct Branch
{
    FilePath path;
    std::shared_ptr<Branch> parent; // shared by all children; null for the root of the tree
    FileAttributes wanted; // once the contents are done; empty if that is done already
    FileAttributes before = {};
    qsizetype children = 0; // not done yet
};

struct Step
{
    enum class Kind { List, Change };

    Kind kind;
    std::shared_ptr<Branch> branch; // to list; or that the changed file is in
    FilePath path = {}; // to change
    FileAttributes wanted = {};
    FileAttributes before = {};
    std::shared_ptr<Branch> next = {}; // to be listed then: the changed directory itself
};

// One change of a tree. The callbacks of its requests keep it alive.
class TreeChange : public std::enable_shared_from_this<TreeChange>
{
public:
    TreeChange(Engine &engine, const AttributeChange &change, IsAbandoned isAbandoned,
               std::function<void(int)> progressed, Engine::Answered<void> answered,
               std::shared_ptr<files::ChangeRecord> record)
        : m_engine(engine)
        , m_record(std::move(record))
        , m_change(change)
        , m_isAbandoned(std::move(isAbandoned))
        , m_progressed(std::move(progressed))
        , m_answered(std::move(answered))
    {
    }

    void start(const FilePath &path);

private:
    void startUnlessLink(const FilePath &path, const FileAttributes &attributes);
    void startDirectory(const FilePath &path, const FileAttributes &attributes,
                        const std::shared_ptr<Branch> &parent);
    bool mayTake(const Step &step) const;
    void takeSteps();
    void list(const Step &step);
    void change(const Step &step);
    void handleContents(const std::shared_ptr<Branch> &branch, const DirectoryContents &contents);
    void finishChild(const std::shared_ptr<Branch> &parent);
    void finishContents(const std::shared_ptr<Branch> &branch);
    void note(const Error &error);

    Engine &m_engine;
    std::shared_ptr<files::ChangeRecord> m_record; // shared with who asked, see FileSystem
    AttributeChange m_change;
    IsAbandoned m_isAbandoned;
    std::function<void(int)> m_progressed;
    Engine::Answered<void> m_answered;
    std::vector<Step> m_steps; // the last one first: deep before wide keeps it short
    std::optional<Error> m_error; // the first one
    TreePace m_pace;
    int m_done = 0;
};

void TreeChange::start(const FilePath &path)
{
    m_pace.requested();
    m_engine.linkStatus(
        path, [self = shared_from_this(), path](const Result<FileAttributes> &attributes) {
            self->m_pace.answered();
            if (!attributes) {
                self->note(attributes.error());
            } else if (attributes->type() == FileType::Directory) {
                self->startUnlessLink(path, *attributes);
            } else if (const auto wanted = self->m_change.appliedTo(*attributes);
                       !isEmpty(wanted)) {
                self->m_steps.push_back({Step::Kind::Change, nullptr, path, wanted, *attributes});
            }
            self->takeSteps();
        });
}

// ProFTPD's mod_sftp (seen with 1.3.8) follows a link when it answers LSTAT. READLINK tells them
// apart.
void TreeChange::startUnlessLink(const FilePath &path, const FileAttributes &attributes)
{
    m_pace.requested();
    m_engine.readLink(
        path, [self = shared_from_this(), path, attributes](const Result<QByteArray> &target) {
            self->m_pace.answered();
            if (!target) {
                self->startDirectory(path, attributes, nullptr);
            }
            self->takeSteps();
        });
}

void TreeChange::startDirectory(const FilePath &path, const FileAttributes &attributes,
                                const std::shared_ptr<Branch> &parent)
{
    constexpr quint32 mayEnter = 0500; // the owner may list it and reach what is in it
    const FileAttributes wanted = m_change.appliedTo(attributes);
    const bool isFirst
        = !isEmpty(wanted) && (wanted.permissions.value_or(mayEnter) & mayEnter) == mayEnter;
    auto branch = std::make_shared<Branch>(Branch{path, parent, wanted, attributes});
    if (isFirst) {
        branch->wanted = {};
        m_steps.push_back({Step::Kind::Change, parent, path, wanted, attributes, branch});
    } else {
        m_steps.push_back({Step::Kind::List, branch});
    }
}

bool TreeChange::mayTake(const Step &step) const
{
    return step.kind == Step::Kind::List ? m_pace.mayList() : m_pace.mayRequest();
}

void TreeChange::takeSteps()
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
        step.kind == Step::Kind::List ? list(step) : change(step);
    }
    if (m_pace.isIdle()) {
        m_answered(m_error ? Result<void>(Failure(*m_error)) : Result<void>());
    }
}

void TreeChange::list(const Step &step)
{
    m_pace.listing();
    listDirectory(m_engine, step.branch->path, {.linkTargets = LinkTargets::Ignore}, m_isAbandoned,
                  [self = shared_from_this(),
                   branch = step.branch](const Result<DirectoryContents> &contents) {
                      self->m_pace.listed();
                      if (!contents) {
                          self->note(contents.error());
                      }
                      self->handleContents(branch, contents.value_or(DirectoryContents()));
                      self->takeSteps();
                  });
}

void TreeChange::change(const Step &step)
{
    m_pace.requested();
    m_engine.setAttributes(
        step.path, step.wanted,
        [self = shared_from_this(), parent = step.branch, next = step.next, path = step.path,
         replaced = step.wanted.replacedIn(step.before)](const Result<void> &changed) {
            self->m_pace.answered();
            if (!changed) {
                self->note(changed.error());
            } else if (self->m_record) {
                self->m_record->append({path, replaced});
            }
            self->m_progressed(++self->m_done);
            if (next) {
                self->m_steps.push_back({Step::Kind::List, next});
            } else {
                self->finishChild(parent);
            }
            self->takeSteps();
        });
}

void TreeChange::handleContents(const std::shared_ptr<Branch> &branch,
                                const DirectoryContents &contents)
{
    for (const FileEntry &entry : contents.entries) {
        const FilePath path = branch->path.child(entry.name);
        if (entry.attributes.type() == FileType::Directory) {
            ++branch->children;
            startDirectory(path, entry.attributes, branch);
        } else if (const auto wanted = m_change.appliedTo(entry.attributes); !isEmpty(wanted)) {
            ++branch->children;
            m_steps.push_back({Step::Kind::Change, branch, path, wanted, entry.attributes});
        }
    }
    if (branch->children == 0) {
        finishContents(branch);
    }
}

void TreeChange::finishChild(const std::shared_ptr<Branch> &parent)
{
    if (parent && --parent->children == 0) {
        finishContents(parent);
    }
}

void TreeChange::finishContents(const std::shared_ptr<Branch> &branch)
{
    if (isEmpty(branch->wanted)) {
        finishChild(branch->parent);
    } else {
        m_steps.push_back(
            {Step::Kind::Change, branch->parent, branch->path, branch->wanted, branch->before});
    }
}

void TreeChange::note(const Error &error)
{
    if (!m_error) {
        m_error = error;
    }
}

} // namespace

void changeTree(Engine &engine, const FilePath &path, const AttributeChange &change,
                IsAbandoned isAbandoned, std::function<void(int)> progressed,
                Engine::Answered<void> answered, std::shared_ptr<files::ChangeRecord> record)
{
    std::make_shared<TreeChange>(engine, change, std::move(isAbandoned), std::move(progressed),
                                 std::move(answered), std::move(record))
        ->start(path);
}

} // namespace sftp
