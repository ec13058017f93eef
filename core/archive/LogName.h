// LogName: where the file of a log goes, by the user's template.

#pragma once

#include <QDateTime>
#include <QString>

namespace archive {

struct LogName
{
    // In the template: %s the session, %h the host, %u the user, %d the date, %t the time.
    QString session; // these three are foreign text
    QString host;
    QString user;
    QDateTime when;

    // Below a folder, without an ending, with at least one part. Nothing leads out of the folder,
    // whatever template and values say; the values have only what is usual in the names of files.
    QString pathFor(const QString &nameTemplate) const;

    static const QString usualTemplate; // "%s/%d-%t"

private:
    QString valueOf(QChar letter) const;
    QString filled(const QString &nameTemplate) const;
};

} // namespace archive
