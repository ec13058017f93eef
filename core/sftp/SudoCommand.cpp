#include "sftp/SudoCommand.h"

#include "sftp/CommandOutput.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace sftp {
namespace {

// Words: the user, then the halves of the marks. The known places of sftp-server are those of
// Debian, Fedora, FreeBSD, SUSE and Arch, of what is built from source, and of NixOS. sudo is told
// to speak English, which SudoDialog reads. As HOME is the other user's, "cd" goes to where that
// one's files are: trash and "home" are there, not with the user who has logged in.
//
// There is no quote, backslash or exclamation mark in it, which the login shells of some mean
// otherwise.
constexpr QByteArrayView script
    = "LC_ALL=C; export LC_ALL; PATH=$PATH:/usr/bin:/usr/local/bin:/run/wrappers/bin; "
      "user=$1; mark=$2$3; prompt=$4$5; "
      "say() { echo; echo \"$mark $1\"; }; "
      "for place in /usr/lib/openssh /usr/libexec/openssh /usr/libexec /usr/lib/ssh "
      "/usr/local/libexec /run/current-system/sw/libexec none; do "
      "test -x $place/sftp-server && break; done; "
      "test $place = none && { say no-server; exit 1; }; "
      "command -v sudo >/dev/null 2>&1 || { say no-sudo; exit 1; }; "
      "run=\"cd 2>/dev/null || cd /; echo; echo $mark ready; exec $place/sftp-server\"; "
      "sudo -n -H -u \"$user\" -- sh -c : </dev/null >/dev/null 2>&1 "
      "&& exec sudo -n -H -u \"$user\" -- sh -c \"$run\"; "
      "exec sudo -k -S -H -p \"$prompt\" -u \"$user\" -- sh -c \"$run\"";

constexpr qsizetype markSize = 32;
constexpr qsizetype longestName = 256; // LOGIN_NAME_MAX of Linux

QByteArray newMark()
{
    std::array<quint32, markSize / 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), std::ssize(words));
    QByteArray mark;
    for (const quint32 word : words) {
        mark += QByteArray::number(word, 16).rightJustified(8, '0');
    }
    return mark;
}

QByteArray halves(const QByteArray &mark)
{
    return ' ' + mark.first(markSize / 2) + ' ' + mark.sliced(markSize / 2);
}

} // namespace

SudoCommand SudoCommand::forUser(const QByteArray &user)
{
    return {user, newMark(), newMark()};
}

QByteArray SudoCommand::line() const
{
    return "exec sh -c " + shellWord(script.toByteArray()) + " sh " + shellWord(user)
        + halves(reportMark) + halves(promptMark);
}

bool isSudoUser(QByteArrayView name)
{
    const auto isRefused = [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte <= ' ' || byte == 0x7f || character == '\'' || character == '"'
            || character == '%' || character == ':' || character == '!';
    };
    return !name.isEmpty() && name.size() < longestName && name.front() != '-'
        && std::ranges::none_of(name, isRefused);
}

} // namespace sftp
