// What the parts of the command line share: arguments as text, and the sentences about wrong ones.

#pragma once

#include "app/CommandLine.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace app {

base::Failure<UsageError> usage(const QString &sentence);

// QCommandLineParser works on text, and arguments are bytes: in Latin-1 every byte is one
// character, and comes back as it was.
QString packed(const QByteArray &bytes);
QByteArray bytesOf(const QString &packedText);
QString textOf(const QString &packedText);
QStringList textsOf(const QStringList &packedTexts);

QString quoted(const QString &text); // fit to be shown

// The number that `text` is, or `sentence`.
base::Result<uint, UsageError> numberBetween(uint lowest, uint highest, const QString &text,
                                             const QString &sentence);

} // namespace app
