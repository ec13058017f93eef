#include "sftp/Listing.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <memory>

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

// More than servers answer without being asked again costs them nothing: reads after the last one
// say "end of file". OpenSSH sends 100 names at a time, of which 128 times fit into the window of a
// channel (2 MiB) if their names are not long.
constexpr int mostReads = 128;
constexpr int readsGrowBy = 8; // with each answer, once a directory turned out to be large
constexpr qsizetype manyNames = 64; // in one answer: more are to be expected
constexpr int mostLooks = 64;
// Linux's PATH_MAX. What is longer leads nowhere, and a million of them would fill the memory.
constexpr qsizetype longestTarget = 4096;

// Of names to who shows them: as often as an eye can follow.
constexpr qint64 partMilliseconds = 100;

constexpr int mostEmptyAnswers = 1000;
constexpr qsizetype longestName = 4096;

// Names that are none are kept to be told, and no honest server has many.
constexpr qsizetype mostRejectedNames = 1000;
constexpr qsizetype mostRejectedBytes = qsizetype{1024} * 1024;

constexpr qsizetype longestOwner = 64;
constexpr qsizetype modeLength = 10; // "drwxr-xr-x", and perhaps a "+" or "." after it

bool isUsable(const QByteArray &name)
{
    return name.size() <= longestName && files::safeLocalName(name).has_value();
}

// The first four words of a line of `ls -l`: mode, links, owner, group.
std::optional<std::array<QByteArrayView, 4>> firstWords(QByteArrayView line)
{
    std::array<QByteArrayView, 4> words;
    for (QByteArrayView &word : words) {
        while (line.startsWith(' ')) {
            line = line.sliced(1);
        }
        const auto end = std::ranges::find(line, ' ');
        word = line.first(end - line.begin());
        line = line.sliced(word.size());
        if (word.isEmpty() || word.size() > longestOwner) {
            return std::nullopt;
        }
    }
    return words;
}

void setOwners(FileEntry &entry, QByteArrayView longName)
{
    const auto words = firstWords(longName);
    const bool isListLine = words && (*words)[0].size() >= modeLength
        && std::ranges::all_of((*words)[1], [](char c) { return c >= '0' && c <= '9'; });
    if (isListLine) {
        entry.owner = QString::fromUtf8((*words)[2]);
        entry.group = QString::fromUtf8((*words)[3]);
        return;
    }
    const FileAttributes &attributes = entry.attributes;
    entry.owner = attributes.userId ? QString::number(*attributes.userId) : QString();
    entry.group = attributes.groupId ? QString::number(*attributes.groupId) : QString();
}

// One listing. The callbacks of its requests keep it alive.
class Listing : public std::enable_shared_from_this<Listing>
{
public:
    Listing(Engine &engine, const FilePath &directory, const ListOptions &options,
            IsAbandoned isAbandoned, Engine::Answered<DirectoryContents> answered)
        : m_engine(engine)
        , m_directory(directory)
        , m_options(options)
        , m_isAbandoned(std::move(isAbandoned))
        , m_answered(std::move(answered))
    {
    }

    void start();

private:
    void readMore();
    void handleNames(Result<std::optional<QList<ListedName>>> names);
    void add(const ListedName &listed);
    void reject(const QByteArray &name);
    void count(qsizetype bytes);
    void tellPart();
    void fail(const Error &error);
    void fail(ErrorKind kind);
    void finishReading();
    void lookAtLinks();
    void finishLook();
    void finish();

    Engine &m_engine;
    FilePath m_directory;
    ListOptions m_options;
    IsAbandoned m_isAbandoned;
    Engine::Answered<DirectoryContents> m_answered;
    Handle m_handle;
    DirectoryContents m_contents;
    QList<qsizetype> m_links; // indexes of entries still to be looked at
    std::optional<Error> m_error; // the first one
    int m_wantedReads = 2; // names and their end: all that a small directory needs
    int m_inFlight = 0;
    int m_emptyAnswers = 0; // in a row
    qsizetype m_bytes = 0; // of names and link targets
    qsizetype m_rejectedBytes = 0;
    qsizetype m_told = 0; // entries
    QElapsedTimer m_sinceTold;
    bool m_isAtEnd = false;
};

void Listing::start()
{
    m_sinceTold.start();
    m_engine.openDirectory(m_directory, [self = shared_from_this()](Result<Handle> handle) {
        if (!handle) {
            self->m_answered(Failure(handle.error()));
            return;
        }
        self->m_handle = *handle;
        self->readMore();
    });
}

void Listing::readMore()
{
    if (m_isAbandoned()) {
        fail(ErrorKind::Cancelled);
    }
    while (!m_isAtEnd && m_inFlight < m_wantedReads) {
        ++m_inFlight;
        m_engine.readDirectory(
            m_handle, [self = shared_from_this()](Result<std::optional<QList<ListedName>>> names) {
                --self->m_inFlight;
                self->handleNames(std::move(names));
            });
    }
    if (m_isAtEnd && m_inFlight == 0) {
        finishReading();
    }
}

void Listing::handleNames(Result<std::optional<QList<ListedName>>> names)
{
    if (!names) {
        fail(names.error());
    } else if (!*names) {
        m_isAtEnd = true;
    } else {
        m_emptyAnswers = (*names)->isEmpty() ? m_emptyAnswers + 1 : 0;
        if (!m_contents.entries.isEmpty() || (*names)->size() >= manyNames) {
            m_wantedReads = std::min(readsGrowBy * m_wantedReads, mostReads);
        }
        std::ranges::for_each(**names, [this](const ListedName &name) { add(name); });
        tellPart();
    }
    if (m_emptyAnswers > mostEmptyAnswers) {
        fail(ErrorKind::ProtocolViolation);
    }
    if (m_contents.entries.size() > m_options.mostEntries) {
        fail(ErrorKind::Unsupported);
    }
    readMore();
}

void Listing::add(const ListedName &listed)
{
    if (listed.name == "." || listed.name == ".." || m_error) {
        return;
    }
    if (!isUsable(listed.name)) {
        reject(listed.name);
        return;
    }
    count(listed.name.size());
    m_contents.entries.append(entryFrom(listed));
    if (m_contents.entries.last().attributes.type() == FileType::SymbolicLink) {
        m_links.append(m_contents.entries.size() - 1);
    }
}

void Listing::reject(const QByteArray &name)
{
    m_contents.rejectedNames.append(name);
    m_rejectedBytes += name.size();
    const bool areMany = m_contents.rejectedNames.size() > mostRejectedNames;
    if (areMany || m_rejectedBytes > mostRejectedBytes) {
        fail(ErrorKind::ProtocolViolation);
    }
}

void Listing::count(qsizetype bytes)
{
    m_bytes += bytes;
    if (m_bytes > m_options.mostBytes) {
        fail(ErrorKind::Unsupported);
    }
}

void Listing::tellPart()
{
    if (m_options.arrived && !m_error && m_sinceTold.hasExpired(partMilliseconds)) {
        m_sinceTold.restart();
        m_options.arrived(m_contents.entries.sliced(m_told));
        m_told = m_contents.entries.size();
    }
}

void Listing::fail(const Error &error)
{
    m_isAtEnd = true;
    if (!m_error) {
        m_error = error;
    }
}

void Listing::fail(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    error.operation = QStringLiteral("list");
    error.subject = m_directory.toDisplay();
    fail(error);
}

void Listing::finishReading()
{
    m_engine.close(m_handle, [](const Result<void> &) { }); // nothing was written: it can not fail
    if (m_options.linkTargets == LinkTargets::Ignore) {
        m_links.clear();
    }
    lookAtLinks();
}

void Listing::lookAtLinks()
{
    while (!m_error && !m_links.isEmpty() && m_inFlight < mostLooks) {
        const qsizetype index = m_links.takeLast();
        const FilePath path = m_directory.child(m_contents.entries[index].name);
        m_inFlight += 2;
        m_engine.status(path,
                        [self = shared_from_this(), index](const Result<FileAttributes> &target) {
                            if (target) { // else the link is broken
                                self->m_contents.entries[index].targetType = target->type();
                            }
                            self->finishLook();
                        });
        m_engine.readLink(path,
                          [self = shared_from_this(), index](const Result<QByteArray> &target) {
                              if (target && target->size() <= longestTarget) {
                                  self->m_contents.entries[index].linkTarget = *target;
                                  self->count(target->size());
                              }
                              self->finishLook();
                          });
    }
    if (m_inFlight == 0) {
        finish();
    }
}

void Listing::finishLook()
{
    --m_inFlight;
    if (m_isAbandoned()) {
        fail(ErrorKind::Cancelled);
    }
    lookAtLinks();
}

void Listing::finish()
{
    if (m_error) {
        m_answered(Failure(*m_error));
    } else {
        m_answered(std::move(m_contents));
    }
}

} // namespace

void listDirectory(Engine &engine, const FilePath &directory, const ListOptions &options,
                   IsAbandoned isAbandoned, Engine::Answered<DirectoryContents> answered)
{
    std::make_shared<Listing>(engine, directory, options, std::move(isAbandoned),
                              std::move(answered))
        ->start();
}

FileEntry entryFrom(const ListedName &listed)
{
    FileEntry entry;
    entry.name = listed.name;
    entry.attributes = listed.attributes;
    setOwners(entry, listed.longName);
    return entry;
}

} // namespace sftp
