// PathHistory: the directories that a file pane has shown, for its ways back and forward.

#pragma once

#include "files/FilePath.h"

#include <QList>

#include <optional>

namespace ui {

class PathHistory
{
public:
    enum class Step { Back, Forward };

    // Where the step leads, to be opened now; nothing at either end. The place changes only when
    // that directory has been shown(): one that can not be read leaves it where it is.
    std::optional<files::FilePath> take(Step step);
    void forgetStep() { m_expected = -1; } // the user goes elsewhere instead
    // Takes the directory out, if a step is under way, so that the next one leads past it.
    void dropStep();

    // Ends the step that was taken, or else begins a new way forward from here.
    void shown(const files::FilePath &directory);

    bool can(Step step) const;

private:
    qsizetype indexAfter(Step step) const;

    QList<files::FilePath> m_directories; // the oldest first
    qsizetype m_current = -1;
    qsizetype m_expected = -1; // where the step under way leads; -1: none is
};

} // namespace ui
