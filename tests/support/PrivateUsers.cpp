#include "tests/support/PrivateUsers.h"

#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>

#include <crypt.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

base::Result<void> writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.flush()) {
        return base::Failure(
            base::Error{.operation = u"write"_s, .subject = path, .detail = file.errorString()});
    }
    return {};
}

// The shadow file's field. "*" fits no password, and unlike "!" does not lock the account, which
// would refuse keys as well (sshd(8), "locked").
QString passwordField(const QString &password)
{
    if (password.isEmpty()) {
        return u"*"_s;
    }
    crypt_data work = {};
    return QString::fromLatin1(crypt_r(password.toUtf8().constData(), "$6$forthetests", &work));
}

// The shell script that covers the files in $0 and becomes the command in "$@".
QString coveringScript()
{
    return u"set -e; "
           "for name in passwd shadow group profile; do "
           "    mount --bind \"$0/$name\" \"/etc/$name\"; "
           "done; "
           "exec setpriv --ambient-caps=-all --inh-caps=-all --pdeathsig=TERM \"$@\""_s;
}

} // namespace

PrivateUsers::PrivateUsers(QString directory)
    : m_directory(std::move(directory))
{
}

QString PrivateUsers::whyUnavailable()
{
    static const QString reason = [] {
        const ToolResult result
            = runTool({.program = u"unshare"_s,
                       .arguments = {u"--user"_s, u"--map-user=1000"_s, u"--map-group=1000"_s,
                                     u"--keep-caps"_s, u"--mount"_s, u"mount"_s, u"--bind"_s,
                                     u"/etc/passwd"_s, u"/etc/passwd"_s}});
        return result.exitStatus == 0 ? QString()
                                      : u"user and mount namespaces are refused on this machine: "_s
                + QString::fromUtf8(result.errors).trimmed();
    }();
    return reason;
}

base::Result<PrivateUsers> PrivateUsers::create(const QString &directory, const PrivateUser &user)
{
    const QString login = u"%1:x:1000:1000::%2:%3\n"_s.arg(user.name, user.home, user.shell);
    const std::pair<QString, QString> files[] = {
        {u"passwd"_s, u"root:x:0:0::/:/bin/sh\n"_s + login},
        {u"shadow"_s, user.name + u':' + passwordField(user.password) + u":19000:0:99999:7:::\n"_s},
        {u"group"_s, u"root:x:0:\n%1:x:1000:\n"_s.arg(user.name)},
        {u"profile"_s, u"PS1='$ '\n"_s},
    };
    for (const auto &[name, text] : files) {
        if (const auto written = writeFile(QDir(directory).filePath(name), text); !written) {
            return base::Failure(written.error());
        }
    }
    return PrivateUsers(directory);
}

QStringList PrivateUsers::wrapped(const QStringList &command) const
{
    return QStringList{u"unshare"_s,
                       u"--user"_s,
                       u"--map-user=1000"_s,
                       u"--map-group=1000"_s,
                       u"--keep-caps"_s,
                       u"--mount"_s,
                       u"sh"_s,
                       u"-c"_s,
                       coveringScript(),
                       m_directory}
    + command;
}

} // namespace tests
