// EditStore: the private copies of files that are being edited: what was fetched, what was typed,
// what waits to be sent, and the versions that were saved. One directory for each file, below one
// of the user's state directory; nobody else may look into it.
//
// A value without state: every call works on the disk, and may be made on any thread.

#pragma once

#include "base/Result.h"
#include "edit/EditRecord.h"

#include <QDateTime>
#include <QList>
#include <QLockFile>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace edit {

struct EditVersion
{
    enum class Kind {
        Saved, // here
        Fetched, // what the server had before that
    };

    QString name; // of its file
    Kind kind = Kind::Saved;
    QDateTime saved;
    qint64 size = 0; // bytes

    friend bool operator==(const EditVersion &, const EditVersion &) = default;
};

class EditStore
{
public:
    enum class Part {
        Base, // what the file was when it was fetched
        Pending, // saved, and not on the server yet
        Draft, // typed, and not saved yet
    };

    static constexpr qsizetype mostVersions = 30; // of each file
    static constexpr std::chrono::days longestKept{30};

    // The directory is made with the first file.
    explicit EditStore(QString directory)
        : m_directory(std::move(directory))
    {
    }

    // Where the user's is: XDG base directory specification, state.
    static QString standardPath();

    // Held while the file is open; null if another program has it. Gone with a program that died.
    std::unique_ptr<QLockFile> claim(const QByteArray &id) const;

    [[nodiscard]] base::Result<void> writeRecord(const EditRecord &record) const;
    std::optional<EditRecord> record(const QByteArray &id) const;

    [[nodiscard]] base::Result<void> write(const QByteArray &id, Part part,
                                           const QByteArray &content) const;
    std::optional<QByteArray> read(const QByteArray &id, Part part) const;
    void remove(const QByteArray &id, Part part) const;

    // What is the newest version already is not added again. The oldest ones go, but the last one
    // that was fetched stays as long as there is any.
    [[nodiscard]] base::Result<void> addVersion(const QByteArray &id, EditVersion::Kind kind,
                                                const QByteArray &content,
                                                const QDateTime &now) const;
    QList<EditVersion> versions(const QByteArray &id) const; // the newest first
    std::optional<QByteArray> version(const QByteArray &id, const QString &name) const;

    // The path of a copy for another program, below a name that a person recognizes.
    [[nodiscard]] base::Result<QString> writeCopy(const EditRecord &record,
                                                  const QByteArray &content, bool isWritable) const;

    // Nothing of it waits any more: its versions stay.
    void settle(const QByteArray &id) const;

    // What was typed or saved and is not on its server, of no program that runs.
    QList<EditRecord> leftovers() const;

    // Removes what is old and waits for nobody.
    void prune(const QDateTime &now) const;

private:
    QString directoryOf(const QByteArray &id) const;
    QString fileOf(const QByteArray &id, Part part) const;
    void dropOldVersions(const QByteArray &id) const;
    QList<QByteArray> ids() const;
    bool isUnsent(const QByteArray &id) const;
    base::Result<void> makePrivate(const QString &directory) const;
    base::Result<void> writeFile(const QString &path, const QByteArray &content) const;

    QString m_directory;
};

// The last name of `path` for a local file: what is no text, or would be no plain name, is
// percent-encoded.
QString copyName(const files::FilePath &path);

} // namespace edit
