// TerminalFileDrops: files that are dropped on a terminal. Those of the server are there already:
// their paths are inserted. For those of this computer a menu asks whether to insert the paths or
// to upload the files to where the shell is.

#pragma once

#include "files/FilePath.h"

#include <QList>
#include <QObject>
#include <QPoint>

class QDropEvent;
class QMimeData;

namespace ui {

class FilesView;
class TerminalPane;
class TerminalSplits;

class TerminalFileDrops final : public QObject
{
    Q_OBJECT

public:
    // Both are borrowed; `terminals` owns this.
    TerminalFileDrops(TerminalSplits &terminals, FilesView &files);

    // As words for a shell, with a space behind each. Bytes that could not be typed are escaped, as
    // bash, zsh and ksh understand it.
    static QString words(const QList<files::FilePath> &paths);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void watch();
    enum class Source { None, ThisComputer, Server, OtherServer };
    Source sourceOf(const QMimeData &data) const;
    void take(TerminalPane &pane, const QDropEvent &drop);
    void ask(TerminalPane &pane, const QList<files::FilePath> &paths, QPoint place);
    files::FilePath directoryOf(const TerminalPane &pane) const;

    TerminalSplits &m_terminals;
    FilesView &m_files;
};

} // namespace ui
