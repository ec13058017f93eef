// What a copy between this computer and a server, or between two servers, is, and what it says of
// itself while it runs. Values shared by the transfer engine, the panel that shows it and the
// headless verbs.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArrayList>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

namespace transfer {

enum class Direction {
    Upload,
    Download,
    Relay, // from one server to another, through the memory of this computer
};

// Which login a transfer is for, or comes from.
struct TransferServer
{
    QString key; // equal for connections to the same account
    QString title; // for people
    QString profile; // the id of a saved session that leads there; empty: there is none
    QString address; // to connect to, where there is none: user@host:port
    bool isKept = true; // else its transfers end with this program

    friend bool operator==(const TransferServer &, const TransferServer &) = default;
};

// How files are copied, beyond where to.
struct CopyOptions
{
    bool resume = false; // goes on with what an interrupted copy has left
    bool keepPart = false; // leaves that when it is cancelled; on other ends it does anyway
    bool verify = false; // compares all of it with the source before it gets its name
    bool flush = false; // puts each file on the disk before it gets its name
    // Modes and times of files are kept in any case; with this their owner and group, by number and
    // as far as that is allowed, the modes of files that are replaced, and all of directories.
    bool preserve = false;

    friend bool operator==(const CopyOptions &, const CopyOptions &) = default;
};

// What becomes of symbolic links.
enum class LinkChoice {
    Copy, // a link of the same target, if that stays within what is copied; else it is told
    Follow, // what it leads to, under the name of the link
    Skip,
};

// "copy", "follow" or "skip"; absent for any other name.
std::optional<LinkChoice> linkChoiceFromName(QStringView name);

enum class ConflictAnswer {
    Overwrite, // the old file stays until the new one is complete
    OverwriteOlder, // if what is to be copied is newer; else skip
    OverwriteOtherSize, // if the sizes differ; else skip
    Skip,
    KeepBoth, // under a free name: "report (2).txt"
    Refuse, // it is told as a failure
    Resume, // if it is the beginning of what is to be copied, the rest is added; else it is told
};

// "ask", "overwrite", "older", "size", "resume", "keep" or "skip"; absent for "ask" and any other
// name.
std::optional<ConflictAnswer> conflictAnswerFromName(QStringView name);

enum class AnswerScope { ThisFile, AllFiles };

// What the user does not want to be asked again.
struct AnswersForAll
{
    std::optional<ConflictAnswer> files;
    std::optional<ConflictAnswer> lookalikes;

    friend bool operator==(const AnswersForAll &, const AnswersForAll &) = default;
};

// What became of one file that was in the way.
struct FileDecision
{
    ConflictAnswer answer = ConflictAnswer::Overwrite; // none that depends on the files
    QByteArray name; // of KeepBoth: under which it is copied

    friend bool operator==(const FileDecision &, const FileDecision &) = default;
};

// What is known of a transfer that outlives this program: it may have been killed.
struct TransferMemory
{
    QByteArray token; // in the names of its parts: nobody else has parts of these names
    bool wasBegun = false; // by an earlier run of the program
    QHash<QByteArray, FileDecision> decisions; // by the names below the target, joined by "/"

    friend bool operator==(const TransferMemory &, const TransferMemory &) = default;
};

// One act of the user: these files and folders, into that directory.
struct TransferRequest
{
    Direction direction = Direction::Download;
    QList<files::FilePath> sources; // absolute
    files::FilePath targetDirectory; // absolute, exists
    QList<QByteArrayList> targetNames; // of each source, below the target directory; a source that
                                       // has none here is copied under its own name
    std::optional<quint64> bytesPerSecond; // at most
    CopyOptions options;
    LinkChoice links = LinkChoice::Copy;
    AnswersForAll answers = {}; // to conflicts, given beforehand
    bool isPassing = false; // ends with this program in any case
    std::optional<TransferMemory> memory = {}; // absent: the transfer ends with this program
    std::optional<TransferServer> source = {}; // of a Relay, which alone has one: where `sources`
                                               // are
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
    quint64 currentBytes = 0; // of it that are there
    quint64 currentTotal = 0; // 0: it is not under way any more, or does not tell its size
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
    // What is in the way has another name, which the target's file system takes for the same: "a"
    // for "A". Files that were copied just now may be meant by it.
    bool isLookalike = false;
};

// Is `target` what a finished copy of `source` would be: of the same type, size and time? Never
// where one of these is not told.
bool isCopyOf(const files::FileAttributes &source, const files::FileAttributes &target);

// The same of links too, as far as it is told what they hold.
bool isSameFile(const files::FileEntry &source, const files::FileEntry &target);

// Why a file was not copied, where that is not for its disk or the server to say.
enum class CopyObstacle {
    None, // the error says it
    SpecialFile, // a pipe, a socket or a device
    LinkLeadsOut, // of what is copied, so that it would be another one at the target
    LinkBroken, // it was to be followed
    LinkInCircle, // likewise: it leads to a directory that it is in
    NamesAlike, // the target's file system takes two names for one
    OtherBeginning, // what is there was to be gone on with, and has other contents
};

struct FileFailure
{
    files::FilePath path; // of the source
    base::Error error;
    QByteArrayList target = {}; // where it was to go: names below the target directory
    CopyObstacle obstacle = CopyObstacle::None;

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
        NotPreserved, // it has not all that was to be kept: the first of perhaps several
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

// The same for what has failed alone, as a transfer of its own.
TransferRequest retryOf(const TransferRequest &request, const Summary &summary);

} // namespace transfer

Q_DECLARE_METATYPE(transfer::Progress)
Q_DECLARE_METATYPE(transfer::Conflict)
Q_DECLARE_METATYPE(transfer::Summary)
