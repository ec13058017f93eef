#include "transfer/TransferLedger.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;

quint64 promisedBytes(const PlannedItem &item)
{
    return item.entry.attributes.size.value_or(0);
}

// Servers that run out of handles or processes say no more than "failure".
bool mayBeBusy(const Error &error)
{
    const bool isUnexplained
        = error.kind == ErrorKind::ServerFailure && error.source == base::ErrorSource::Sftp;
    return isUnexplained || base::isTransient(error.kind);
}

} // namespace

TransferLedger::TransferLedger(const TransferRequest &request)
    : m_answers(request.answers)
{
    if (request.memory) {
        m_decisions = request.memory->decisions;
    }
    for (qsizetype i = 0; i < request.sources.size(); ++i) {
        const files::FilePath &source = request.sources[i];
        const QByteArrayList names = request.targetNames.value(i);
        m_sources.append(
            {.source = source, .target = names.isEmpty() ? QByteArrayList{source.name()} : names});
    }
}

PlannedItem TransferLedger::begin(PlannedItem item, Kind kind)
{
    item.id = ++m_lastId;
    if (kind == Kind::File) {
        countBusy(item, 1);
    } else {
        ++m_busySearches;
    }
    m_underWay[item.id] = {.item = item, .kind = kind};
    return item;
}

TransferLedger::UnderWay TransferLedger::settle(const PlannedItem &item)
{
    UnderWay settled = std::move(m_underWay.extract(item.id).mapped());
    if (settled.kind == Kind::Search) {
        --m_busySearches;
    } else if (!settled.isPaused) {
        countBusy(settled.item, -1);
    }
    return settled;
}

void TransferLedger::countBusy(const PlannedItem &file, int change)
{
    if (isLarge(file)) {
        m_busyFiles.large += change;
        return;
    }
    const quint64 bytes = promisedBytes(file);
    m_busyFiles.small += change;
    m_busyFiles.smallBytes
        = change > 0 ? m_busyFiles.smallBytes + bytes : m_busyFiles.smallBytes - bytes;
}

std::optional<PlannedItem> TransferLedger::takeSource()
{
    if (m_sources.isEmpty()) {
        return std::nullopt;
    }
    PlannedItem source = begin(m_sources.takeFirst(), Kind::Search);
    m_underWay.at(source.id).isSource = true;
    return source;
}

std::optional<PlannedItem> TransferLedger::takeDirectory()
{
    auto item = m_plan.takeDirectory();
    return item ? std::optional(begin(std::move(*item), Kind::Search)) : std::nullopt;
}

std::optional<PlannedItem> TransferLedger::takeFile()
{
    auto item = m_plan.takeFile();
    return item ? std::optional(begin(std::move(*item), Kind::File)) : std::nullopt;
}

void TransferLedger::found(const PlannedItem &source, const files::FileEntry &entry)
{
    PlannedItem item = settle(source).item;
    item.entry = entry;
    m_plan.addSource(std::move(item));
    collectRefused();
}

void TransferLedger::listed(const PlannedItem &directory, DirectoryState targetState,
                            const sftp::DirectoryContents &contents)
{
    settle(directory);
    m_plan.addContents(directory, targetState, contents);
    collectRefused();
}

void TransferLedger::followed(const PlannedItem &link, const files::FilePath &path,
                              const files::FileAttributes &attributes)
{
    settle(link);
    m_plan.addFollowed(link, path, attributes);
    collectRefused();
}

void TransferLedger::copied(const PlannedItem &file)
{
    const UnderWay ended = settle(file);
    m_summary.bytesCopied += ended.bytes;
    m_summary.notes += ended.notes;
    ++m_summary.filesCopied;
    ++m_filesDone;
}

void TransferLedger::skipped(const PlannedItem &file)
{
    settle(file);
    ++m_summary.filesSkipped;
    ++m_filesDone;
}

void TransferLedger::failed(const PlannedItem &item, const Error &error, CopyObstacle obstacle)
{
    UnderWay ended = settle(item);
    if (ended.kind == Kind::File && ended.item.attempts == 0 && mayBeBusy(error)) {
        m_bytesDone -= ended.bytes + ended.bytesFound;
        ++ended.item.attempts;
        m_postponed.append(std::move(ended.item));
        return;
    }
    m_filesDone += ended.kind == Kind::File ? 1 : 0;
    m_summary.failures.append({ended.item.source, error, ended.item.target, obstacle});
}

void TransferLedger::moved(const PlannedItem &file, quint64 bytes)
{
    m_bytesDone += bytes;
    m_underWay.at(file.id).bytes += bytes;
    m_currentFile = file.source;
    m_currentId = file.id;
}

void TransferLedger::foundEarlier(const PlannedItem &file, quint64 bytes)
{
    m_bytesDone += bytes;
    m_underWay.at(file.id).bytesFound += bytes;
}

void TransferLedger::note(const PlannedItem &file, const CopyNote &note)
{
    if (note.kind != CopyNote::Kind::NotPreserved || !std::exchange(m_hasToldUnlike, true)) {
        m_underWay.at(file.id).notes.append(note);
    }
}

void TransferLedger::noteUnlike(const files::FilePath &source)
{
    if (!std::exchange(m_hasToldUnlike, true)) {
        m_summary.notes.append({CopyNote::Kind::NotPreserved, source});
    }
}

void TransferLedger::rememberDirectory(const PlannedItem &directory)
{
    m_copiedDirectories[directory.target.size()].append(directory);
}

QList<PlannedItem> TransferLedger::deepestDirectories() const
{
    return m_copiedDirectories.empty() ? QList<PlannedItem>()
                                       : m_copiedDirectories.rbegin()->second;
}

void TransferLedger::forgetDeepestDirectories()
{
    m_copiedDirectories.erase(std::prev(m_copiedDirectories.end()));
}

void TransferLedger::partMade(const PlannedItem &file, const QByteArray &name)
{
    m_underWay.at(file.id).item.part = name;
}

void TransferLedger::update(const PlannedItem &file)
{
    UnderWay &begun = m_underWay.at(file.id);
    begun.item = file;
    begun.isBegun = true;
}

void TransferLedger::restart(const PlannedItem &file)
{
    UnderWay &begun = m_underWay.at(file.id);
    m_bytesDone -= std::exchange(begun.bytes, 0) + std::exchange(begun.bytesFound, 0);
}

void TransferLedger::pause(const PlannedItem &file)
{
    m_underWay.at(file.id).isPaused = true;
    countBusy(file, -1);
}

void TransferLedger::proceed(const PlannedItem &file)
{
    m_underWay.at(file.id).isPaused = false;
    countBusy(file, 1);
}

// In the order in which they were begun, and in front of what was not.
void TransferLedger::putBack()
{
    for (auto it = m_underWay.rbegin(); it != m_underWay.rend(); ++it) {
        UnderWay &left = it->second;
        if (left.isSource) {
            m_sources.prepend(std::move(left.item));
            continue;
        }
        m_bytesDone -= left.bytes + left.bytesFound;
        left.item.wasBegun = left.item.wasBegun || left.isBegun;
        left.item.parentState = DirectoryState::ExistedBefore;
        m_plan.putBack(std::move(left.item));
    }
    m_underWay.clear();
    m_busySearches = 0;
    m_busyFiles = {};
}

void TransferLedger::remember(const QByteArray &key, const FileDecision &decision)
{
    m_decisions[key] = decision;
}

std::optional<FileDecision> TransferLedger::decisionOf(const QByteArray &key) const
{
    const auto found = m_decisions.constFind(key);
    return found == m_decisions.cend() ? std::nullopt : std::optional(*found);
}

bool TransferLedger::releasePostponed()
{
    const QList<PlannedItem> postponed = std::exchange(m_postponed, {});
    for (const PlannedItem &item : postponed) {
        m_plan.putBack(item);
    }
    return !postponed.isEmpty();
}

void TransferLedger::collectRefused()
{
    for (const FileFailure &failure : m_plan.takeFailures()) {
        m_summary.failures.append(failure);
        ++m_filesDone;
    }
}

bool TransferLedger::isCounting() const
{
    return m_busySearches > 0 || !m_sources.isEmpty() || m_plan.hasDirectories();
}

Progress TransferLedger::progress() const
{
    Progress progress;
    progress.bytesDone = m_bytesDone;
    progress.bytesTotal = std::max(m_plan.bytesFound(), m_bytesDone);
    progress.filesDone = m_filesDone;
    progress.filesTotal = m_plan.filesFound();
    progress.counting = isCounting();
    progress.currentFile = m_currentFile;
    if (const auto current = m_underWay.find(m_currentId); current != m_underWay.end()) {
        progress.currentBytes = current->second.bytes + current->second.bytesFound;
        progress.currentTotal = current->second.item.entry.attributes.size.value_or(0);
    }
    return progress;
}

} // namespace transfer
