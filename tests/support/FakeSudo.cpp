#include "tests/support/FakeSudo.h"

#include <QDir>
#include <QFile>

namespace tests {
namespace {

// The words are those of sudo 1.9.13 of Debian 12, as seen.
constexpr QByteArrayView script = R"(#!/bin/sh
here=$(dirname "$0")
read -r manner < "$here/manner"
asks=yes
while true; do
    case $1 in
    -n) asks=no; shift ;;
    -S | -k | -H) shift ;;
    -p) prompt=$2; shift 2 ;;
    -u) user=$2; shift 2 ;;
    *) shift; break ;; # --
    esac
done
refuse() { echo "$1" >&2; exit 1; }
become() { echo $$ > "$here/pid"; HOME=$here/home; export HOME; exec "$@"; }
case $manner in
0) become "$@" ;;
3) refuse "sudo: sorry, you must have a tty to run sudo" ;;
4) refuse "sudo: unknown user $user" ;;
esac
test $asks = no && refuse "sudo: a password is required"
case $manner in
5) exec sleep 60 ;;
6) printf "Verification code: " >&2; exec sleep 60 ;;
esac
for attempt in 1 2 3; do
    printf %s "$prompt" >&2
    IFS= read -r word || { : > "$here/ended"; refuse "
sudo: no password was provided"; }
    printf "%s\n" "$word" >> "$here/read"
    if test "$word" = geheim; then
        test $manner = 2 && refuse "tester is not in the sudoers file."
        become "$@"
    fi
    test $attempt = 3 || echo "Sorry, try again." >&2
done
refuse "sudo: 3 incorrect password attempts"
)";

} // namespace

FakeSudo::FakeSudo(Manner manner)
{
    QFile program(m_directory.filePath(QStringLiteral("sudo")));
    if (program.open(QIODevice::WriteOnly)) {
        program.write(script.data(), script.size());
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    }
    QDir().mkpath(home());
    setManner(manner);
}

QString FakeSudo::pathLine() const
{
    return QStringLiteral("SetEnv PATH=%1:/usr/bin:/bin").arg(m_directory.path());
}

void FakeSudo::setManner(Manner manner) const
{
    QFile file(m_directory.filePath(QStringLiteral("manner")));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QByteArray::number(static_cast<int>(manner)) + '\n');
    }
}

bool FakeSudo::hasMetTheEnd() const
{
    return QFile::exists(m_directory.filePath(QStringLiteral("ended")));
}

qint64 FakeSudo::processId() const
{
    QFile file(m_directory.filePath(QStringLiteral("pid")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
}

QByteArrayList FakeSudo::read() const
{
    QFile file(m_directory.filePath(QStringLiteral("read")));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return file.readAll().trimmed().split('\n');
}

} // namespace tests
