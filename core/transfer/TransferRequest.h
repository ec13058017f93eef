// What a copy between this computer and a server is, and what it says of itself while it runs.
// Values shared by the transfer engine, the panel that shows it and the headless verbs.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QList>
#include <QMetaType>

#include <chrono>
#include <optional>

namespace transfer {

enum class Direction { Upload, Download };

// How files are copied, beyond where to.
struct CopyOptions
{
    bool resume = false; // goes on with what an interrupted copy has left
    bool keepPart = false; // leaves that when it is cancelled; on other ends it does anyway
    bool verify = false; // compares all of it with the source before it gets its name
    bool flush = false; // puts each file on the disk before it gets its name

    friend bool operator==(const CopyOptions &, const CopyOptions &) = default;
};

// One act of the user: these files and folders, into that directory.
struct TransferRequest
{
    Direction direction = Direction::Download;
    QList<files::FilePath> sources; // absolute
    files::FilePath targetDirectory; // absolute, exists
    std::optional<QByteArray> targetName; // other name for a single source
    std::optional<quint64> bytesPerSecond; // at most
    CopyOptions options;
};

struct Progress
{
    quint64 bytesDone = 0;
    quint64 bytesTotal = 0; // of the files found so far
    quint64 bytesPerSecond = 0; // over the last seconds
    int filesDone = 0; // copied, skipped or failed
    int filesTotal = 0; // found so far
    bool counting = true; // the totals still grow
    std::optional<std::chrono::seconds> timeLeft; // absent until it can be told
    files::FilePath currentFile; // the source that moved last
};

// Something of the same name is in the way.
struct Conflict
{
    using Id = quint64;

    Id id = 0;
    files::FilePath source;
    files::FilePath target;
    files::FileEntry sourceEntry;
    files::FileEntry targetEntry;
};

enum class ConflictAnswer {
    Overwrite, // the old file stays until the new one is complete
    Skip,
    KeepBoth, // under a free name: "report (2).txt"
};

enum class AnswerScope { ThisFile, AllFiles };

struct FileFailure
{
    files::FilePath path; // of the source
    base::Error error;

    friend bool operator==(const FileFailure &, const FileFailure &) = default;
};

// What the user should know of a file that was copied all the same.
struct CopyNote
{
    enum class Kind {
        Resumed, // went on behind `bytes` that an earlier copy had brought
        OtherSource, // started over: the source is not what the earlier copy began with
        OtherPart, // started over: what the earlier copy left differs from the source
        WrittenInPlace, // straight to its name: the directory allows nothing else
        NotFlushed, // the server cannot be asked to put it on its disk
    };

    Kind kind = Kind::Resumed;
    files::FilePath path; // of the source
    quint64 bytes = 0;

    friend bool operator==(const CopyNote &, const CopyNote &) = default;
};

struct Summary
{
    int filesCopied = 0; // directories are not counted
    int filesSkipped = 0;
    quint64 bytesCopied = 0;
    QList<FileFailure> failures; // includes special files, which are never copied
    QList<CopyNote> notes; // at most one of each kind for a file

    friend bool operator==(const Summary &, const Summary &) = default;
};

} // namespace transfer

Q_DECLARE_METATYPE(transfer::Progress)
Q_DECLARE_METATYPE(transfer::Conflict)
Q_DECLARE_METATYPE(transfer::Summary)
