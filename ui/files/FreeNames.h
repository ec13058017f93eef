// Names for copies that meet no name that is in use.

#pragma once

#include "files/FilePath.h"

#include <QByteArray>
#include <QList>
#include <QSet>

#include <utility>

namespace ui {

class FilePane;

// "report (2).txt", or with the next number that is free.
QByteArray freeName(const QByteArray &name, const QSet<QByteArray> &taken);

// Each path, and what it will be called in a directory of the pane's place: another name than its
// own where the pane shows that directory and the name is taken.
QList<std::pair<files::FilePath, files::FilePath>> underFreeNames(
    const QList<files::FilePath> &paths, const files::FilePath &directory, const FilePane &pane);

} // namespace ui
