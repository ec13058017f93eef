// FileDrag: what a drag of files carries, from one of our panes or from another program.

#pragma once

#include "files/FilePath.h"

#include <QList>
#include <QUuid>

#include <memory>
#include <optional>

class QMimeData;

namespace ui {

struct FileDrag
{
    QUuid pane; // where it began; null: outside of this program
    QList<files::FilePath> paths; // absolute, of this computer if they come from outside
};

// A drag that ended in a pane.
struct FileDrop
{
    FileDrag drag;
    files::FilePath targetDirectory; // absolute
    Qt::DropAction action = Qt::CopyAction; // or MoveAction or LinkAction
};

enum class Place { ThisComputer, Server };

// The private format, which keeps names as bytes, for a drag of a pane; for files of this computer
// also text/uri-list, which other programs take, and what file managers read from the clipboard.
std::unique_ptr<QMimeData> toMimeData(const FileDrag &drag, Place place);

// Reads the private format, else file: addresses of text/uri-list, else text/plain if each line is
// an absolute path. Nothing if there is no such file, or anything else besides.
std::optional<FileDrag> fromMimeData(const QMimeData &data);

} // namespace ui
