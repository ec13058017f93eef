// RunOrder: one command to be run on a server, with everything the user says about it: input,
// environment, directory, terminal, time. Used by CommandRun.

#pragma once

#include "base/Result.h"
#include "ssh/ChannelHandler.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>

namespace commands {

struct RunOrder
{
    enum class Input {
        None, // the end of the input is sent at once
        Text, // `text`, and then its end
        File, // what is in `file`, and then its end
        Later, // what the user types while it runs; its end is an act of the user
    };
    enum class Terminal { Absent, Present };

    QByteArray command; // for the login shell
    QByteArray directory; // where it starts; "~" and "~/..." are the home directory; empty: there
    QHash<QByteArray, QByteArray> environment; // servers drop what AcceptEnv does not name
    Input input = Input::None;
    QByteArray text;
    QString file; // on this computer
    Terminal terminal = Terminal::Absent;
    std::chrono::milliseconds timeLimit{}; // 0: none

    // What the login shell gets: if the directory can not be entered, the command is not run.
    QByteArray line() const;

    // The same for a shell that goes on afterwards.
    QByteArray terminalLine() const;

    ssh::ExecRequest request() const;
};

// "NAME=value" in each line; empty lines are skipped. The failure is the first line that is none.
base::Result<QHash<QByteArray, QByteArray>, QString> environmentIn(const QString &text);

} // namespace commands
