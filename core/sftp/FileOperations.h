// What a pane does to files of the server, made from the requests of Engine. Each answers once, on
// the connection's thread. Used by Client and by transfers.
//
// Servers of version 3 say "failure" for "exists already": then they are asked once more, so that
// AlreadyExists can be told.

#pragma once

#include "files/AttributeChange.h"
#include "files/FileEntry.h"
#include "files/FileMode.h"
#include "files/FileSystem.h"
#include "sftp/Engine.h"
#include "sftp/Listing.h"

#include <functional>
#include <memory>

namespace sftp {

// The entry itself; of a link, also its target and the target's type.
void statusOf(Engine &engine, const files::FilePath &path,
              Engine::Answered<files::FileEntry> answered);

// Answers `error`, of a request that was to change or create `path`. Version 3 has no number for a
// file system that takes nothing, and OpenSSH says "failure": ReadOnly or NoSpace then, where the
// server tells.
void explainFailure(Engine &engine, const files::FilePath &path, base::Error error,
                    Engine::Answered<void> answered);

void makeDirectory(Engine &engine, const files::FilePath &path,
                   const files::FileAttributes &attributes, Engine::Answered<void> answered);

// Creates an empty file; AlreadyExists if there is anything of this name.
void makeFile(Engine &engine, const files::FilePath &path, Engine::Answered<void> answered);

// A symbolic link; AlreadyExists if there is anything of this name.
void makeLink(Engine &engine, const files::FilePath &link, const QByteArray &target,
              Engine::Answered<void> answered);

// AlreadyExists if something is at `to`, so that `from` can not have that name.
void expectFreeName(Engine &engine, const files::FilePath &from, const files::FilePath &to,
                    Engine::Answered<void> answered);

// Some servers' RENAME overwrites what is at `to`: see expectFreeName().
void renameToFreeName(Engine &engine, const files::FilePath &from, const files::FilePath &to,
                      Engine::Answered<void> answered);

// The one after the other.
void renameWithoutReplacing(Engine &engine, const files::FilePath &from, const files::FilePath &to,
                            Engine::Answered<void> answered);

void setMode(Engine &engine, const files::FilePath &path, files::FileMode mode,
             Engine::Answered<void> answered);

// Changes a file, or a directory with all that is in it, many at a time; links are left alone. Goes
// on after a failure and answers with the first one; Cancelled if it stopped because of
// `isAbandoned`. Tells how many files it has changed so far, and adds them to `record`.
void changeTree(Engine &engine, const files::FilePath &path, const files::AttributeChange &change,
                IsAbandoned isAbandoned, std::function<void(int)> progressed,
                Engine::Answered<void> answered,
                std::shared_ptr<files::ChangeRecord> record = nullptr);

// Removes a file, a link or a directory with all that is in it, many at a time. Goes on after a
// failure and answers with the first one; Cancelled if it stopped because of `isAbandoned`. Tells
// how many files and directories are gone so far.
void removeTree(Engine &engine, const files::FilePath &path, IsAbandoned isAbandoned,
                std::function<void(int)> progressed, Engine::Answered<void> answered);
void removeTree(Engine &engine, const files::FilePath &path, IsAbandoned isAbandoned,
                Engine::Answered<void> answered);

// The same for what was only begun: also out of folders that forbid to take something away.
void discardTree(Engine &engine, const files::FilePath &path, Engine::Answered<void> answered);

// DirectoryNotEmpty if there is something in it.
void removeEmptyDirectory(Engine &engine, const files::FilePath &path,
                          Engine::Answered<void> answered);

// Counts what is in a directory, and tells what is known so far now and then.
void measureTree(Engine &engine, const files::FilePath &path,
                 std::function<void(const files::TreeSize &)> counted, IsAbandoned isAbandoned,
                 Engine::Answered<files::TreeSize> answered);

// Copies on the server, to a name that is free: by copy-data where it is offered, else the contents
// come here and go back. Under a temporary name until it is whole: the first failure is the end,
// and nothing is left. Tells how many files it has copied so far.
void copyTree(Engine &engine, const files::FilePath &from, const files::FilePath &to,
              std::function<void(int)> progressed, IsAbandoned isAbandoned,
              Engine::Answered<void> answered);

// Fewer bytes than the range has mean that the file ends there.
void readPart(Engine &engine, const files::FilePath &path, FileRange range, IsAbandoned isAbandoned,
              Engine::Answered<QByteArray> answered);

// By check-file where that is offered and allowed for so large a file, else the contents come here.
// Tells thousandths.
void digest(Engine &engine, const files::FilePath &path, std::function<void(int)> progressed,
            IsAbandoned isAbandoned, Engine::Answered<files::Digest> answered);

// The SHA-256 of a part of a file, less if the file ends before, made in the same way.
void digestPart(Engine &engine, const files::FilePath &path, FileRange range,
                IsAbandoned isAbandoned, Engine::Answered<QByteArray> answered);

// To the trash of the login's home directory, or beside the file where that is on another file
// system: see files/Trash.h.
void moveToTrash(Engine &engine, const files::FilePath &path,
                 Engine::Answered<files::TrashedFile> answered);

// AlreadyExists if something has taken its place meanwhile.
void restore(Engine &engine, const files::TrashedFile &file, Engine::Answered<void> answered);

} // namespace sftp
