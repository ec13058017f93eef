// SlowFileSystem: answers listings when the test says so, in any order, to play a slow server.

#pragma once

#include "files/LocalFileSystem.h"

#include <QHash>
#include <QPromise>

#include <memory>
#include <utility>

class SlowFileSystem final : public files::FileSystem
{
public:
    using Listing = base::Result<QList<files::FileEntry>>;

    // Answers the last question for `directory`, which must have been asked.
    void answer(const files::FilePath &directory, Listing listing)
    {
        const auto promise = m_asked.take(directory);
        Q_ASSERT(promise);
        promise->addResult(std::move(listing));
        promise->finish();
    }

    // A part of that answer, which goes on.
    void answerPart(const files::FilePath &directory, const QList<files::FileEntry> &entries)
    {
        const auto promise = m_asked.value(directory);
        Q_ASSERT(promise);
        promise->addResult(entries);
    }

    bool wasAsked(const files::FilePath &directory) const { return m_asked.contains(directory); }

    QFuture<Listing> list(files::FilePath directory) override
    {
        auto promise = std::make_shared<QPromise<Listing>>();
        promise->start();
        m_asked.insert(directory, promise);
        return promise->future();
    }

    QFuture<base::Result<files::FilePath>> canonical(files::FilePath) override
    {
        QPromise<base::Result<files::FilePath>> promise;
        promise.start();
        promise.addResult(files::FilePath("/home/me"));
        promise.finish();
        return promise.future();
    }

    // From now on a status waits for answerStatus() too.
    void holdStatus() { m_holdsStatus = true; }
    bool wasAskedForStatus() const { return !m_heldPath.isEmpty(); }
    void answerStatus()
    {
        m_heldStatus.addResult(m_local.status(m_heldPath).result());
        m_heldStatus.finish();
    }

    QFuture<base::Result<files::FileEntry>> status(files::FilePath path) override
    {
        if (!m_holdsStatus) {
            return m_local.status(path);
        }
        m_heldPath = path;
        m_heldStatus.start();
        return m_heldStatus.future();
    }

    // From now on a deletion does nothing, and waits for the end of `removal`.
    struct Removal
    {
        QPromise<base::Result<void>> promise;
        std::shared_ptr<std::atomic<int>> removed; // shared with who asked
    };
    void holdRemoval(Removal &removal) { m_heldRemoval = &removal; }

    // The rest is not what is slow.
    QFuture<base::Result<void>> makeDirectory(files::FilePath path) override
    {
        return m_local.makeDirectory(path);
    }
    QFuture<base::Result<void>> makeFile(files::FilePath path) override
    {
        return m_local.makeFile(path);
    }
    QFuture<base::Result<void>> rename(files::FilePath from, files::FilePath to) override
    {
        return m_local.rename(from, to);
    }
    QFuture<base::Result<void>> setMode(files::FilePath path, files::FileMode mode) override
    {
        return m_local.setMode(path, mode);
    }
    QFuture<base::Result<void>> setAttributes(files::FilePath path,
                                              files::FileAttributes wanted) override
    {
        return m_local.setAttributes(path, wanted);
    }
    QFuture<base::Result<void>> makeLink(files::FilePath link, QByteArray target) override
    {
        return m_local.makeLink(link, target);
    }
    QFuture<base::Result<void>> changeTree(files::FilePath path, files::AttributeChange change,
                                           std::shared_ptr<files::ChangeRecord> record) override
    {
        return m_local.changeTree(path, change, record);
    }
    QFuture<base::Result<files::TreeSize>> measureTree(files::FilePath path) override
    {
        return m_local.measureTree(path);
    }
    QFuture<base::Result<void>> copyTree(files::FilePath from, files::FilePath to) override
    {
        return m_local.copyTree(from, to);
    }
    QFuture<base::Result<files::Digest>> digest(files::FilePath path) override
    {
        return m_local.digest(path);
    }
    QFuture<base::Result<QByteArray>> readPart(files::FilePath path, quint64 offset,
                                               quint32 length) override
    {
        return m_local.readPart(path, offset, length);
    }
    QFuture<base::Result<files::TrashedFile>> moveToTrash(files::FilePath path) override
    {
        return m_local.moveToTrash(path);
    }
    QFuture<base::Result<void>> restore(files::TrashedFile file) override
    {
        return m_local.restore(file);
    }
    QFuture<base::Result<void>> removeTree(files::FilePath path,
                                           std::shared_ptr<std::atomic<int>> removed) override
    {
        if (m_heldRemoval == nullptr) {
            return m_local.removeTree(path, removed);
        }
        m_heldRemoval->removed = removed;
        m_heldRemoval->promise.start();
        return m_heldRemoval->promise.future();
    }

private:
    files::LocalFileSystem m_local;
    Removal *m_heldRemoval = nullptr; // borrowed
    bool m_holdsStatus = false;
    files::FilePath m_heldPath;
    QPromise<base::Result<files::FileEntry>> m_heldStatus;
    // Shared: QHash copies its values.
    QHash<files::FilePath, std::shared_ptr<QPromise<Listing>>> m_asked;
};
