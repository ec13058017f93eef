// measureTree(): many listings in flight.

#include "sftp/FileOperations.h"
#include "sftp/TreePace.h"

#include <QElapsedTimer>

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
using files::TreeSize;

constexpr qint64 partMilliseconds = 100; // as often as an eye can follow

// One count. The callbacks of its requests keep it alive.
class TreeMeasure : public std::enable_shared_from_this<TreeMeasure>
{
public:
    TreeMeasure(Engine &engine, std::function<void(const TreeSize &)> counted,
                IsAbandoned isAbandoned, Engine::Answered<TreeSize> answered)
        : m_engine(engine)
        , m_counted(std::move(counted))
        , m_isAbandoned(std::move(isAbandoned))
        , m_answered(std::move(answered))
    {
    }

    void start(const FilePath &path);

private:
    void add(const FilePath &path, const FileAttributes &attributes);
    void takeSteps();
    void list(const FilePath &directory);
    void handleContents(const FilePath &directory, const Result<DirectoryContents> &contents);

    Engine &m_engine;
    std::function<void(const TreeSize &)> m_counted;
    IsAbandoned m_isAbandoned;
    Engine::Answered<TreeSize> m_answered;
    std::vector<FilePath> m_directories; // still to be listed; deep before wide keeps it short
    TreeSize m_size;
    TreePace m_pace;
    QElapsedTimer m_sinceTold;
};

void TreeMeasure::start(const FilePath &path)
{
    m_sinceTold.start();
    m_engine.linkStatus(
        path, [self = shared_from_this(), path](const Result<FileAttributes> &attributes) {
            if (!attributes) {
                self->m_answered(Failure(attributes.error()));
                return;
            }
            self->add(path, *attributes);
            self->takeSteps();
        });
}

void TreeMeasure::add(const FilePath &path, const FileAttributes &attributes)
{
    if (attributes.type() == FileType::Directory) {
        ++m_size.directories;
        m_directories.push_back(path);
        return;
    }
    ++m_size.files;
    if (attributes.type() == FileType::Regular) {
        m_size.bytes += attributes.size.value_or(0);
    }
}

void TreeMeasure::takeSteps()
{
    if (m_isAbandoned()) {
        m_directories.clear();
    }
    while (!m_directories.empty() && m_pace.mayList()) {
        const FilePath directory = std::move(m_directories.back());
        m_directories.pop_back();
        list(directory);
    }
    if (!m_pace.isIdle()) {
        return;
    }
    if (m_isAbandoned()) {
        Error error;
        error.kind = ErrorKind::Cancelled;
        m_answered(Failure(error));
    } else {
        m_answered(m_size);
    }
}

void TreeMeasure::list(const FilePath &directory)
{
    m_pace.listing();
    listDirectory(
        m_engine, directory, {.linkTargets = LinkTargets::Ignore}, m_isAbandoned,
        [self = shared_from_this(), directory](const Result<DirectoryContents> &contents) {
            self->m_pace.listed();
            self->handleContents(directory, contents);
            self->takeSteps();
        });
}

void TreeMeasure::handleContents(const FilePath &directory,
                                 const Result<DirectoryContents> &contents)
{
    if (!contents) {
        ++m_size.unreadable;
        return;
    }
    for (const FileEntry &entry : contents->entries) {
        add(directory.child(entry.name), entry.attributes);
    }
    if (m_sinceTold.hasExpired(partMilliseconds)) {
        m_sinceTold.restart();
        m_counted(m_size);
    }
}

} // namespace

void measureTree(Engine &engine, const FilePath &path,
                 std::function<void(const TreeSize &)> counted, IsAbandoned isAbandoned,
                 Engine::Answered<TreeSize> answered)
{
    std::make_shared<TreeMeasure>(engine, std::move(counted), std::move(isAbandoned),
                                  std::move(answered))
        ->start(path);
}

} // namespace sftp
