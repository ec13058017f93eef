// Writes one small file whole. Used by the demo server and its playground.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QFile>

namespace app {

[[nodiscard]] base::Result<void> writeTextFile(const QString &path, const QByteArray &text,
                                               QFile::Permissions permissions);

} // namespace app
