// Snippet: a command that the user keeps, with places in it that are filled in before it is run:
// "journalctl -u {{unit}} -n {{lines:50}}".

#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace commands {

struct SnippetParameter
{
    QString name;
    QString usual; // what it is without being changed; may be empty

    friend bool operator==(const SnippetParameter &, const SnippetParameter &) = default;
};

struct Snippet
{
    qint64 id = 0; // 0: not stored yet
    QString name; // not empty, and of one snippet only
    QString command;
    QString description;
    QStringList tags; // as profiles::normalizedTags() has them
    bool asksFirst = false; // before it is run

    // In the order in which they come, each once.
    QList<SnippetParameter> parameters() const;

    // The command with the values in their places, each as one word of a POSIX shell whatever is in
    // it. What has no value gets its usual one.
    QString filled(const QHash<QString, QString> &values) const;

    friend bool operator==(const Snippet &, const Snippet &) = default;
};

} // namespace commands
