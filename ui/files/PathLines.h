// PathLines: selected files as lines of text for the clipboard.

#pragma once

#include "files/FilePath.h"

#include <QList>
#include <QString>

#include <optional>

namespace ui {

// How others reach the server of a pane.
struct PaneAddress
{
    QString user; // empty: whoever logs in
    QString host;
    quint16 port = 22;

    friend bool operator==(const PaneAddress &, const PaneAddress &) = default;
};

// One name or path a line, as the bytes that they are, read as UTF-8. What is no text is escaped as
// it is shown.
QString nameLines(const QList<files::FilePath> &paths);
QString pathLines(const QList<files::FilePath> &paths);

// file: for this computer, where there is no address, else sftp: with all that the address tells.
QString urlLines(const std::optional<PaneAddress> &address, const QList<files::FilePath> &paths);

// A command that fetches the files into the directory where it is run, quoted for a POSIX shell.
QString scpLine(const PaneAddress &address, const QList<files::FilePath> &paths);

} // namespace ui
