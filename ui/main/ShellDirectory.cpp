#include "ui/main/ShellDirectory.h"

#include "ssh/Connection.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto timeLimit = 5s;
constexpr qint64 mostBytes = 4097; // PATH_MAX of Linux and a line break
constexpr int severalStatus = 3;

// The process of sshd that serves this connection is the parent of this command's login shell, and
// of the shells in terminals (proc(5): the fourth field of "stat" is the parent, the seventh the
// terminal). For whatever login shell: so without anything that one of them reads in its own way.
constexpr QByteArrayView question
    = "exec sh -c '"
      "field() { read -r stat 2>/dev/null </proc/$1/stat || return 1; "
      "name=${stat#*\\(}; name=${name%%\\)*}; set -- ${stat##*\\) }; parent=$2; tty=$5; }; "
      "server=$PPID; for step in 1 2 3; do field $server || exit 2; "
      "case $name in sshd*) break;; esac; server=$parent; done; "
      "count=0; for each in /proc/[0-9]*; do field ${each#/proc/} || continue; "
      "[ $parent = $server ] && [ $tty != 0 ] && { count=$((count+1)); shell=$each; }; done; "
      "[ $count -gt 1 ] && exit 3; [ $count = 1 ] || exit 2; exec readlink $shell/cwd'";

} // namespace

void ShellDirectory::ask(ssh::Connection &connection)
{
    commands::RunOrder order;
    order.command = question.toByteArray();
    order.timeLimit = timeLimit;
    m_run = std::make_unique<commands::CommandRun>(order, connection);
    connect(m_run.get(), &commands::CommandRun::finished, this, &ShellDirectory::handleEnd);
}

void ShellDirectory::forget()
{
    m_run.reset();
}

void ShellDirectory::handleEnd(const commands::RunEnd &end)
{
    const auto output = m_run->output().read(0, mostBytes);
    QByteArray path = output ? *output : QByteArray();
    const bool isLine = path.endsWith('\n') && path.count('\n') == 1 && path.startsWith('/');
    m_run.release()->deleteLater(); // this is its last signal
    if (end.how == commands::RunEnd::How::Done && end.status.code == 0 && isLine) {
        path.chop(1);
        emit found(path);
    } else {
        emit failed(end.status.code == severalStatus ? Problem::SeveralShells : Problem::NotTold);
    }
}

} // namespace ui
