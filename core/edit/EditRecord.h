// EditRecord: what is remembered of a file that is being edited, beside its contents: where it is,
// and what it was when it was fetched.

#pragma once

#include "files/FilePath.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace edit {

// Which file: `place` tells one server and login from another ("me@web01:22", "local").
struct EditOrigin
{
    QString place;
    QString label; // what the user calls the place; safe to show
    files::FilePath path; // absolute, links resolved

    // Names a directory: hexadecimal, the same for the same file, whatever its name holds.
    QByteArray id() const;

    friend bool operator==(const EditOrigin &, const EditOrigin &) = default;
};

struct EditRecord
{
    EditOrigin origin;
    bool isThere = true; // on the server, when it was fetched
    quint64 size = 0; // bytes, then
    qint64 modificationTime = 0; // seconds since 1970 UTC, then
    QByteArray sha256; // of its content, then
    QDateTime fetched;
    QString program; // that edits it; empty: the built-in editor

    QByteArray toJson() const;
    // Nothing if it is none: a file that was damaged.
    static std::optional<EditRecord> fromJson(const QByteArray &json);

    friend bool operator==(const EditRecord &, const EditRecord &) = default;
};

} // namespace edit
