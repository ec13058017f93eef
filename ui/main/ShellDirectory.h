// ShellDirectory: asks a server for the directory of the shell on a connection, where the shell
// itself does not tell it: by a command on the same connection that looks into /proc. Used by
// DirectoryLink.

#pragma once

#include "commands/CommandRun.h"

#include <QObject>

#include <memory>

namespace ui {

class ShellDirectory final : public QObject
{
    Q_OBJECT

public:
    enum class Problem {
        SeveralShells, // nobody can tell which of them is meant
        NotTold, // no /proc there, not allowed, or no answer in time
    };

    using QObject::QObject;

    // One of the signals follows, unless it is asked again before.
    void ask(ssh::Connection &connection);

    void forget(); // the connection goes

signals:
    void found(const QByteArray &path); // absolute
    void failed(ui::ShellDirectory::Problem problem);

private:
    void handleEnd(const commands::RunEnd &end);

    std::unique_ptr<commands::CommandRun> m_run;
};

} // namespace ui
