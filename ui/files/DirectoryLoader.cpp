#include "ui/files/DirectoryLoader.h"

#include <QThreadPool>

#include <algorithm>

namespace ui {
namespace {

using Entries = QList<files::FileEntry>;

Entries arranged(const Entries &all, const files::NameFilter &filter,
                 const files::EntryOrder &order)
{
    Entries shown;
    shown.reserve(all.size());
    std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
                 [&filter](const files::FileEntry &entry) { return filter.passes(entry); });
    return order.sorted(shown);
}

// The part of `path` below the login directory, if it is named relative to that.
std::optional<QByteArray> belowLogin(const files::FilePath &path)
{
    const QByteArray &bytes = path.bytes();
    if (bytes == "~" || bytes.startsWith("~/")) {
        return bytes.sliced(std::min<qsizetype>(2, bytes.size()));
    }
    return path.isAbsolute() ? std::nullopt : std::optional(bytes);
}

} // namespace

DirectoryLoader::DirectoryLoader(QObject *parent)
    : QObject(parent)
{
}

void DirectoryLoader::setFileSystem(files::FileSystem *fileSystem)
{
    stop();
    ++m_arrangement;
    m_fileSystem = fileSystem;
    m_directory = files::FilePath();
    m_entries.clear();
    m_pattern.clear();
}

void DirectoryLoader::open(const files::FilePath &directory)
{
    if (m_fileSystem == nullptr) {
        return;
    }
    const auto rest = belowLogin(directory);
    if (!rest) {
        return list(directory.normalized());
    }
    const quint64 question = startQuestion();
    m_fileSystem->canonical(files::FilePath())
        .then(this, [=, this](const base::Result<files::FilePath> &start) {
            if (isLate(question)) {
                return;
            }
            if (!start) {
                return fail(directory, start.error());
            }
            list(start->child(*rest).normalized());
        });
}

void DirectoryLoader::refresh()
{
    if (m_fileSystem != nullptr && !m_directory.isEmpty()) {
        list(m_directory);
    }
}

void DirectoryLoader::stop()
{
    if (m_isAsking) {
        ++m_question;
        m_isAsking = false;
        emit stopped();
    }
}

QSet<QByteArray> DirectoryLoader::names() const
{
    QSet<QByteArray> names;
    names.reserve(m_entries.size());
    for (const files::FileEntry &entry : m_entries) {
        names.insert(entry.name);
    }
    return names;
}

void DirectoryLoader::setOrder(const files::EntryOrder &order)
{
    if (order != m_order) {
        m_order = order;
        arrange();
    }
}

void DirectoryLoader::setHidden(files::Hidden hidden)
{
    if (hidden != m_hidden) {
        m_hidden = hidden;
        arrange();
    }
}

void DirectoryLoader::setPattern(const QString &pattern)
{
    if (pattern != m_pattern) {
        m_pattern = pattern;
        arrange();
    }
}

void DirectoryLoader::list(const files::FilePath &directory)
{
    const quint64 question = startQuestion();
    m_fileSystem->list(directory).then(this, [=, this](const base::Result<Entries> &entries) {
        if (isLate(question)) {
            return;
        }
        if (!entries) {
            return fail(directory, entries.error());
        }
        m_isAsking = false;
        if (directory != m_directory) {
            m_pattern.clear();
        }
        m_directory = directory;
        m_entries = *entries;
        arrange();
    });
}

void DirectoryLoader::arrange()
{
    if (m_directory.isEmpty()) {
        return; // the first listing is still to come, and will be arranged as wanted by then
    }
    const quint64 arrangement = ++m_arrangement;
    QtFuture::makeReadyValueFuture(m_entries)
        .then(QThreadPool::globalInstance(),
              [filter = files::NameFilter(m_hidden, m_pattern),
               order = m_order](const Entries &all) { return arranged(all, filter, order); })
        .then(this, [=, this, directory = m_directory](const Entries &shown) {
            if (arrangement == m_arrangement) {
                emit loaded(directory, shown);
            }
        });
}

quint64 DirectoryLoader::startQuestion()
{
    m_isAsking = true;
    emit started();
    return ++m_question;
}

void DirectoryLoader::fail(const files::FilePath &directory, const base::Error &error)
{
    m_isAsking = false;
    emit failed(directory, error);
}

} // namespace ui
