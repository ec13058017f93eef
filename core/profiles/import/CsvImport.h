// Sessions of a table: the file of a spreadsheet, and what several other programs export. The first
// line names the columns.

#pragma once

#include "profiles/import/ImportedSession.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace profiles {

// Records of RFC 4180 with that separator; line breaks of all systems. Quotes that do not end take
// the rest of the text.
QList<QStringList> csvRecords(const QString &text, QChar separator);

// Absent if no column of the first line is a host. Commas, semicolons and tabs part the columns,
// whichever the first line has most of.
std::optional<ImportedSessions> csvSessions(QByteArrayView content);

} // namespace profiles
