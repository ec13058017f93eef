// ColorSchemes: the color schemes that the user has imported, each a file in a directory of the
// program's own. Small files: they are read at once.

#pragma once

#include "base/Result.h"
#include "terminal/ColorScheme.h"

#include <QString>
#include <QStringList>

namespace terminal {

class ColorSchemes
{
public:
    // Need not exist.
    explicit ColorSchemes(QString directory)
        : m_directory(std::move(directory))
    {
    }

    // Ids of those there, by their names.
    QStringList ids() const;

    // What the scheme calls itself, or the id.
    QString nameOf(const QString &id) const;

    // Of its file; empty if there is none of that id.
    QString pathOf(const QString &id) const;

    // Returns its id, which is like `name` where that is possible, and new.
    base::Result<QString> add(const ColorScheme &scheme, const QString &name) const;

    base::Result<void> remove(const QString &id) const;

private:
    QString fileOf(const QString &id) const;

    QString m_directory;
};

} // namespace terminal
