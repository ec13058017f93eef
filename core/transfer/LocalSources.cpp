// The sources of an upload from this computer: by descriptors, on disk threads.

#include "files/LocalDirectory.h"
#include "transfer/DiskWork.h"
#include "transfer/FileCopy.h"
#include "transfer/SourceFile.h"
#include "transfer/UploadSources.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FilePath;

std::unexpected<Error> localFailure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

Result<FileEntry> localStatus(const FilePath &path)
{
    files::OwnerNames owners;
    const auto entry = files::localEntry(AT_FDCWD, path.bytes(), owners);
    return entry ? Result<FileEntry>(*entry) : localFailure(entry.error(), "look at", path);
}

Result<sftp::DirectoryContents> localContents(const FilePath &path)
{
    const auto directory
        = files::LocalDirectory::open(AT_FDCWD, path.bytes(), files::LocalDirectory::Links::Refuse);
    if (!directory) {
        return localFailure(directory.error(), "list", path);
    }
    const auto names = directory->names();
    if (!names) {
        return localFailure(names.error(), "list", path);
    }
    files::OwnerNames owners;
    sftp::DirectoryContents contents;
    for (const QByteArray &name : *names) {
        const auto entry = files::localEntry(directory->descriptor(), name, owners);
        if (entry) {
            contents.entries.append(*entry);
        } // else it vanished since its name was read
    }
    return contents;
}

Result<FollowedLink> followLocal(const FilePath &link)
{
    const std::unique_ptr<char, decltype(&std::free)> real(
        ::realpath(link.bytes().constData(), nullptr), &std::free);
    if (!real) {
        return localFailure(errno, "follow link", link);
    }
    FilePath path{QByteArray(real.get())};
    return localStatus(path).transform([&path](const FileEntry &followed) {
        return FollowedLink{std::move(path), followed.attributes};
    });
}

// A piece that is shorter than `length` is the last one.
Result<FileSource::Piece> readPiece(const SourceFile &file, quint64 offset, quint32 length,
                                    const FilePath &path)
{
    auto data = file.read(offset, length);
    if (!data) {
        return Failure(data.error());
    }
    const bool isEnd = data->size() < length;
    if (isEnd && !file.isUnchanged()) {
        return Failure(sourceChanged(path, QStringLiteral("size or time have changed")));
    }
    return FileSource::Piece{std::move(*data), isEnd};
}

// The first piece comes along with the file: a small one costs the disk thread one order.
class LocalFileSource final : public FileSource
{
public:
    explicit LocalFileSource(FilePath path)
        : m_path(std::move(path))
    {
    }

    void open(quint32 mostBytes, Answered<void> answered) override
    {
        m_disk.run([path = m_path, mostBytes] { return openFile(path, mostBytes); },
                   [this, answered = std::move(answered)](Result<Opened> opened) mutable {
                       if (!opened) {
                           answered(Failure(opened.error()));
                           return;
                       }
                       m_file = std::move(opened->file);
                       m_first = std::move(opened->first);
                       m_content.emplace(readLocal());
                       answered({});
                   });
    }

    const FileAttributes &attributes() const override { return m_file->attributes(); }
    QByteArray ledgerName() const override { return "put " + m_path.bytes(); }
    void startAt(quint64 offset) override { m_offset = offset; }

    void next(quint32 mostBytes, Answered<Piece> answered) override
    {
        if (auto first = std::exchange(m_first, {}); first && m_offset == 0) {
            tell(std::move(*first), answered);
            return;
        }
        m_disk.run([file = m_file, offset = m_offset, mostBytes,
                    path = m_path] { return readPiece(*file, offset, mostBytes, path); },
                   [this, answered = std::move(answered)](Result<Piece> piece) mutable {
                       tell(std::move(piece), answered);
                   });
    }

    ReadLocal readLocal() const override
    {
        return
            [file = m_file](quint64 offset, quint32 length) { return file->read(offset, length); };
    }

    void hash(sftp::FileRange range, Answered<QByteArray> answered) override
    {
        m_content->hash(range, std::move(answered));
    }

    void read(quint64 offset, quint32 length, Answered<QByteArray> answered) override
    {
        m_content->read(offset, length, std::move(answered));
    }

private:
    struct Opened
    {
        std::shared_ptr<const SourceFile> file; // shared with the orders of disk threads
        Result<Piece> first;
    };

    static Result<Opened> openFile(const FilePath &path, quint32 mostBytes)
    {
        auto file = SourceFile::open(path);
        if (!file) {
            return Failure(file.error());
        }
        auto first = readPiece(*file, 0, mostBytes, path);
        return Opened{std::make_shared<const SourceFile>(std::move(*file)), std::move(first)};
    }

    // Whoever asked may destroy this.
    void tell(Result<Piece> piece, Answered<Piece> &answered)
    {
        m_offset += piece ? static_cast<quint64>(piece->data.size()) : 0;
        auto told = std::move(answered);
        told(std::move(piece));
    }

    FilePath m_path;
    std::shared_ptr<const SourceFile> m_file; // shared with the orders of disk threads
    std::optional<Result<Piece>> m_first; // until it is asked for
    std::optional<LocalContent> m_content;
    quint64 m_offset = 0;
    DiskWork m_disk;
};

class LocalSources final : public UploadSources
{
public:
    void status(const FilePath &path, Answered<FileEntry> answered) override
    {
        m_disk.run([path] { return localStatus(path); }, std::move(answered));
    }

    void contents(const FilePath &path, Answered<sftp::DirectoryContents> answered) override
    {
        m_disk.run([path] { return localContents(path); }, std::move(answered));
    }

    void follow(const FilePath &link, Answered<FollowedLink> answered) override
    {
        m_disk.run([link] { return followLocal(link); }, std::move(answered));
    }

    std::shared_ptr<FileSource> file(const FilePath &path, const FileAttributes &) override
    {
        return std::make_shared<LocalFileSource>(path);
    }

private:
    DiskWork m_disk;
};

} // namespace

std::unique_ptr<UploadSources> makeLocalSources()
{
    return std::make_unique<LocalSources>();
}

} // namespace transfer
