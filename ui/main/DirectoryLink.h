// DirectoryLink: ties the server's files to the terminal beside them: they follow the shell's
// directory where it tells it (OSC 7) or the server does (ShellDirectory), and the shell goes to
// theirs when the user asks for that. And shows what was pointed to in the terminal (PathReveal).

#pragma once

#include "ui/main/ShellDirectory.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

class QToolButton;

namespace settings {
class Settings;
}

namespace ui {

class ConnectionPage;
class NoticeBar;
class Workspace;

class DirectoryLink final : public QObject
{
    Q_OBJECT

public:
    // What can not be done is told in `notice`. All outlive this.
    DirectoryLink(ConnectionPage &page, Workspace &workspace, settings::Settings &settings,
                  NoticeBar &notice);

    // For the head of the page; shown while there are files.
    QWidget *controls() const { return m_controls; }

    // What makes a shell go there, whatever was typed before at its prompt. Empty if the name has
    // control characters, which would be keys.
    static QByteArray changeDirectoryLine(const QByteArray &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *createButton(const char *name, const char *icon, const QString &text,
                              const QString &hint);
    void note(const QByteArray &path);
    void follow();
    void setFollowing(bool isOn);
    void askServer();
    void tell(ShellDirectory::Problem problem);
    void goThere();

    ConnectionPage &m_page;
    Workspace &m_workspace;
    settings::Settings &m_settings;
    NoticeBar &m_notice;
    QWidget *m_controls;
    QToolButton *m_follow;
    QToolButton *m_goThere;
    QByteArray m_directory; // of the shell, as it told last
    QByteArray m_followed; // where the files were brought last
    ShellDirectory *m_server; // tells it where the shell does not
    bool m_isTold = false; // by the shell
    bool m_asksServer = false; // after each line that is typed
    QTimer m_pause;
};

} // namespace ui
