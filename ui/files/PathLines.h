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
    QString host; // as the last of the jump hosts knows it
    quint16 port = 22;
    QString jumpHosts; // on the way there, as `ssh -J` takes them; empty: none

    friend bool operator==(const PaneAddress &, const PaneAddress &) = default;
};

// One name or path a line, as the bytes that they are, read as UTF-8. What is no text is escaped as
// it is shown, and so is what has control characters: a carriage return pasted into a shell is
// Enter.
QString nameLines(const QList<files::FilePath> &paths);
QString pathLines(const QList<files::FilePath> &paths);

// A line as sha256sum(1) of GNU prints it and checks it.
QString checksumLine(const QByteArray &name, const QByteArray &sha256);

// file: for this computer, where there is no address, else sftp: with all that the address tells.
QString urlLines(const std::optional<PaneAddress> &address, const QList<files::FilePath> &paths);

// A command that fetches the files into the directory where it is run, quoted for a POSIX shell. A
// name that is no text, or has control characters, comes in $'...' of POSIX.1-2024, which bash, ksh
// and zsh know: so it is exact, and nothing that a terminal would act on.
QString scpLine(const PaneAddress &address, const QList<files::FilePath> &paths);

} // namespace ui
