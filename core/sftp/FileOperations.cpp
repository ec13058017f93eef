#include "sftp/FileOperations.h"

#include <memory>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;

// AlreadyExists if it said no more than "failure" and something is at `path`.
void refineIfExists(Engine &engine, const FilePath &path, Error error,
                    Engine::Answered<void> answered)
{
    if (error.kind != ErrorKind::ServerFailure) {
        answered(Failure(error));
        return;
    }
    engine.linkStatus(path,
                      [&engine, path, error = std::move(error), answered = std::move(answered)](
                          const Result<FileAttributes> &found) mutable {
                          if (!found) {
                              explainFailure(engine, path, std::move(error), std::move(answered));
                              return;
                          }
                          error.kind = ErrorKind::AlreadyExists;
                          answered(Failure(error));
                      });
}

// An answer for a request that creates `path`.
Engine::Answered<void> creating(Engine &engine, const FilePath &path,
                                Engine::Answered<void> answered)
{
    return [&engine, path, answered = std::move(answered)](Result<void> result) mutable {
        if (result) {
            answered(result);
        } else {
            refineIfExists(engine, path, result.error(), std::move(answered));
        }
    };
}

// Collects what LSTAT, STAT and READLINK say of one path.
struct EntryInquiry
{
    FileEntry entry;
    Engine::Answered<FileEntry> answered;
    int open = 0; // answers to come
};

void inquireTarget(Engine &engine, const FilePath &path,
                   const std::shared_ptr<EntryInquiry> &inquiry)
{
    const auto finishOne = [inquiry] {
        if (--inquiry->open == 0) {
            inquiry->answered(std::move(inquiry->entry));
        }
    };
    inquiry->open = 2;
    engine.readLink(path, [inquiry, finishOne](const Result<QByteArray> &target) {
        inquiry->entry.linkTarget = target.value_or(QByteArray());
        finishOne();
    });
    engine.status(path, [inquiry, finishOne](const Result<FileAttributes> &target) {
        inquiry->entry.targetType = target ? target->type() : FileType::Unknown;
        finishOne();
    });
}

} // namespace

void explainFailure(Engine &engine, const FilePath &path, Error error,
                    Engine::Answered<void> answered)
{
    if (error.kind != ErrorKind::ServerFailure
        || !engine.offers(QByteArrayLiteral("statvfs@openssh.com"))) {
        answered(Failure(error));
        return;
    }
    engine.fileSystemStatus(path.parent(),
                            [error = std::move(error), answered = std::move(answered)](
                                const Result<FileSystemStatus> &status) mutable {
                                if (status && status->isReadOnly) {
                                    error.kind = ErrorKind::ReadOnly;
                                } else if (status && status->freeBytes == 0) {
                                    error.kind = ErrorKind::NoSpace;
                                }
                                answered(Failure(error));
                            });
}

void statusOf(Engine &engine, const FilePath &path, Engine::Answered<FileEntry> answered)
{
    engine.linkStatus(path,
                      [&engine, path, answered = std::move(answered)](
                          const Result<FileAttributes> &attributes) mutable {
                          if (!attributes) {
                              answered(Failure(attributes.error()));
                              return;
                          }
                          FileEntry entry = entryFrom({path.name(), {}, *attributes});
                          if (attributes->type() != FileType::SymbolicLink) {
                              answered(std::move(entry));
                              return;
                          }
                          auto inquiry = std::make_shared<EntryInquiry>(
                              EntryInquiry{std::move(entry), std::move(answered)});
                          inquireTarget(engine, path, inquiry);
                      });
}

void makeDirectory(Engine &engine, const FilePath &path, const FileAttributes &attributes,
                   Engine::Answered<void> answered)
{
    engine.makeDirectory(path, attributes, creating(engine, path, std::move(answered)));
}

void makeFile(Engine &engine, const FilePath &path, Engine::Answered<void> answered)
{
    const OpenFlags flags = OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive;
    engine.open(path, flags, {},
                [&engine, path, answered = std::move(answered)](Result<Handle> handle) mutable {
                    if (handle) {
                        engine.close(*handle, std::move(answered));
                    } else {
                        refineIfExists(engine, path, handle.error(), std::move(answered));
                    }
                });
}

void makeLink(Engine &engine, const FilePath &link, const QByteArray &target,
              Engine::Answered<void> answered)
{
    engine.makeLink(link, target, creating(engine, link, std::move(answered)));
}

void expectFreeName(Engine &engine, const FilePath &from, const FilePath &to,
                    Engine::Answered<void> answered)
{
    engine.linkStatus(
        to, [from, answered = std::move(answered)](const Result<FileAttributes> &inTheWay) mutable {
            if (inTheWay) {
                Error error;
                error.kind = ErrorKind::AlreadyExists;
                error.operation = QStringLiteral("rename");
                error.subject = from.toDisplay();
                answered(Failure(error));
            } else if (inTheWay.error().kind != ErrorKind::NotFound) {
                answered(Failure(inTheWay.error()));
            } else {
                answered({});
            }
        });
}

void renameToFreeName(Engine &engine, const FilePath &from, const FilePath &to,
                      Engine::Answered<void> answered)
{
    engine.rename(from, to, creating(engine, to, std::move(answered)));
}

void renameWithoutReplacing(Engine &engine, const FilePath &from, const FilePath &to,
                            Engine::Answered<void> answered)
{
    expectFreeName(
        engine, from, to,
        [&engine, from, to, answered = std::move(answered)](const Result<void> &isFree) mutable {
            if (isFree) {
                renameToFreeName(engine, from, to, std::move(answered));
            } else {
                answered(isFree);
            }
        });
}

void setMode(Engine &engine, const FilePath &path, FileMode mode, Engine::Answered<void> answered)
{
    FileAttributes attributes;
    attributes.permissions = mode.bits();
    engine.setAttributes(path, attributes, std::move(answered));
}

} // namespace sftp
