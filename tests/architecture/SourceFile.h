// SourceFile: a C++ file as the rules of the architecture look at it. Read by LayersTest only.

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace architecture {

struct Include
{
    int line; // from 1
    QString name; // what stands between the delimiters
    bool quoted; // "name", not <name>
};

class SourceFile
{
public:
    // `path` is from the root of the project: "core/files/FileMode.h".
    SourceFile(QString path, const QString &text);

    QString path() const { return m_path; }
    bool isHeader() const { return m_path.endsWith(QStringLiteral(".h")); }
    bool isIn(const QString &directory) const { return m_path.startsWith(directory + u'/'); }

    // The lines without comments, and with empty strings in place of string literals.
    QStringList code() const { return m_code; }
    QList<Include> includes() const { return m_includes; }

private:
    QString m_path;
    QStringList m_code;
    QList<Include> m_includes;
};

// Every .h and .cpp file in these directories of `root` and below, in the order of their paths.
QList<SourceFile> readTree(const QString &root, const QStringList &directories);

} // namespace architecture
