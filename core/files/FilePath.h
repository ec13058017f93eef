// FilePath: the path of a file on this or another Unix system, as the bytes that the system uses.
//
// Names need not be text in any encoding. They are decoded to be shown, never to be sent.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace files {

class FilePath
{
public:
    FilePath() = default;
    explicit FilePath(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
    }

    // What a user typed, as UTF-8.
    static FilePath fromText(const QString &text) { return FilePath(text.toUtf8()); }

    const QByteArray &bytes() const { return m_bytes; }
    bool isEmpty() const { return m_bytes.isEmpty(); }
    bool isAbsolute() const { return m_bytes.startsWith('/'); }
    bool isRoot() const { return m_bytes == "/"; }

    // The part after the last slash; "/" for the root.
    QByteArray name() const;

    // The directory that holds this file; "/" for the root and its children, "." for a bare name.
    FilePath parent() const;

    // This directory's entry `name`, which is taken as one component and not inspected.
    FilePath child(const QByteArray &name) const;

    // Without repeated and trailing slashes, "." and ".." components, by text alone: a symbolic
    // link in front of ".." is not looked at, as in a shell's `cd`.
    FilePath normalized() const;

    // True if `other` is this path or lies below it. Both must be normalized.
    bool contains(const FilePath &other) const;

    // For labels and messages only: see base::displayText().
    QString toDisplay() const;

    friend bool operator==(const FilePath &, const FilePath &) = default;
    friend size_t qHash(const FilePath &path, size_t seed = 0) { return qHash(path.m_bytes, seed); }

private:
    QByteArray m_bytes;
};

// The name if it can be one component of a path below a directory of the user's choice. A server's
// listing may hold "", ".", "..", "a/b" or a zero byte to escape from there: those are InvalidName.
base::Result<QByteArray> safeLocalName(const QByteArray &name);

// In bytes, on most file systems (NAME_MAX of limits.h).
inline constexpr qsizetype longestName = 255;

// The beginning of a name: not cut within a character, if it is UTF-8.
QByteArray cutName(const QByteArray &name, qsizetype mostBytes);

// Under which something that will be `name` comes to be: ".report.txt.ponto-3f9a6c21d5e80b47.part",
// a new one at each call, of no more than longestName.
QByteArray temporaryName(const QByteArray &name);

} // namespace files

Q_DECLARE_METATYPE(files::FilePath)
