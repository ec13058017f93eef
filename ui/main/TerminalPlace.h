// TerminalPlace: the ways between the panes that show the server's files and the terminals of the
// same tab: a terminal where the pane is, and the pane where the shell of the terminal is.

#pragma once

#include <QObject>

namespace files {
class FilePath;
}

namespace ui {

class ConnectionPage;
class FilePane;
class NoticeBar;
class Workspace;

class TerminalPlace final : public QObject
{
    Q_OBJECT

public:
    // What is not possible is told in `notice`. All outlive this.
    TerminalPlace(ConnectionPage &page, Workspace &workspace, NoticeBar &notice);

private:
    void connectPane(FilePane &pane);
    void openTerminal(const FilePane &pane);
    void openAt(const files::FilePath &directory);
    void followTerminal(FilePane &pane);

    ConnectionPage &m_page;
    Workspace &m_workspace;
    NoticeBar &m_notice;
};

} // namespace ui
