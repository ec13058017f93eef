// PathReveal: shows in the file pane what was pointed to in a terminal of the same tab.

#pragma once

#include "files/FilePath.h"

#include <QObject>

namespace ui {

class ConnectionPage;
class NoticeBar;
class Workspace;

class PathReveal final : public QObject
{
    Q_OBJECT

public:
    // What can not be shown is told in `notice`. All outlive this.
    PathReveal(ConnectionPage &page, Workspace &workspace, NoticeBar &notice);

    // Opens the panes if they are not to be seen. A file is shown in its directory.
    void show(const QByteArray &path);

private:
    void ask();

    ConnectionPage &m_page;
    Workspace &m_workspace;
    NoticeBar &m_notice;
    files::FilePath m_path; // that is looked for
};

} // namespace ui
