// SessionImport: which foreign files sessions are imported from, where they usually are, and
// reading one. The formats are in the files beside this.

#pragma once

#include "base/Result.h"
#include "profiles/import/ImportedSession.h"

#include <QList>
#include <QString>

namespace profiles {

enum class ImportFormat { OpenSsh, Putty, FileZilla, WinScp, Csv, Ponto };

inline constexpr std::array allImportFormats{ImportFormat::OpenSsh,   ImportFormat::Putty,
                                             ImportFormat::FileZilla, ImportFormat::WinScp,
                                             ImportFormat::Csv,       ImportFormat::Ponto};

enum class ImportProblem {
    NotFound,
    NotReadable,
    TooLarge, // more than 32 MiB
    OtherFormat, // it is something else than what was asked for
    Empty, // no session in it
};

// The file, or for PuTTY the directory, where that program keeps its sessions on this computer;
// empty if there is none, or no usual one.
QString usualPlace(ImportFormat format);

// What the file looks like, by its name and beginning; CSV if it could be anything.
ImportFormat guessedFormat(const QString &path);

// Blocks for the disk: for a thread of the pool.
base::Result<ImportedSessions, ImportProblem> importSessions(ImportFormat format,
                                                             const QString &path);

} // namespace profiles
