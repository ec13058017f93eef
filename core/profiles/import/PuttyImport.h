// Sessions of PuTTY: the files of ~/.putty/sessions on Unix, and what regedit exports of Windows.
//
// The names of settings and their values are those of settings.c in PuTTY 0.76.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QByteArrayView>
#include <QHash>
#include <QString>

#include <optional>

namespace profiles {

// One file. `name` is the file's, with %XX for what no file name has.
ImportedSession puttySession(QByteArrayView name, QByteArrayView content);

// All sessions of a .reg file, in UTF-16 ("Windows Registry Editor Version 5.00") or in the
// encoding of that Windows ("REGEDIT4"). Absent if it is none.
std::optional<ImportedSessions> puttyRegistry(QByteArrayView content);

} // namespace profiles
