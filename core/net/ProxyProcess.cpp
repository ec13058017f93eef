#include "net/ProxyProcess.h"

#include "net/CommandWords.h"

#include <QHash>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace net {
namespace {

constexpr qsizetype longestLine = 1024;
constexpr qsizetype mostLines = 20; // kept, and told
constexpr qsizetype mostReportedLines = 200;

base::Failure<base::Error> failure(const QString &subject, const QString &why)
{
    return base::Failure(base::Error{.kind = base::ErrorKind::ProxyCommandFailed,
                                     .operation = QStringLiteral("run the proxy command"),
                                     .subject = subject,
                                     .detail = why,
                                     .quote = QString(why).replace(u'\n', u' ')});
}

// Letters, digits and what addresses and names of domains are made of. No hyphen in front: it would
// be an option.
bool isHarmless(const QString &value)
{
    static const QRegularExpression form(
        QStringLiteral("\\A[A-Za-z0-9._:%@+][A-Za-z0-9._:%@+-]*\\z"));
    return form.match(value).hasMatch();
}

base::Result<QString> valueOf(QChar token, const ProxyCommandTarget &target, const QString &text)
{
    if (token == u'%') {
        return QStringLiteral("%");
    }
    if (token == u'p') {
        return QString::number(target.port);
    }
    const QString &typed = target.typedHost.isEmpty() ? target.host : target.typedHost;
    const QString &alias = target.hostKeyAlias.isEmpty() ? typed : target.hostKeyAlias;
    const QHash<QChar, QString> names{
        {u'h', target.host}, {u'n', typed}, {u'k', alias}, {u'r', target.user}};
    if (!names.contains(token)) {
        return failure(text,
                       u'%' + token
                           + QStringLiteral(" stands for nothing here: there are %h, %p, %r, %n, "
                                            "%k and %%"));
    }
    QString value = names.value(token);
    if (!isHarmless(value)) {
        return failure(text,
                       QStringLiteral("The name \"%1\" has characters that must not stand in a "
                                      "command")
                           .arg(value));
    }
    return value;
}

base::Result<QString> expanded(const QString &word, const ProxyCommandTarget &target,
                               const QString &text)
{
    QString result;
    for (qsizetype index = 0; index < word.size(); ++index) {
        if (word[index] != u'%') {
            result.append(word[index]);
            continue;
        }
        if (++index == word.size()) {
            return failure(text, QStringLiteral("It ends with a percent sign"));
        }
        const auto value = valueOf(word[index], target, text);
        if (!value) {
            return value;
        }
        result.append(*value);
    }
    return result;
}

void makeNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

} // namespace

base::Result<QStringList> proxyCommandLine(const ProxyCommand &command,
                                           const ProxyCommandTarget &target)
{
    auto words = commandWords(command.text);
    if (!words) {
        const bool isOwn = command.origin == ProxyCommand::Origin::OwnConfiguration;
        if (words.error() == CommandProblem::Empty) {
            return failure(command.text, QStringLiteral("It is empty"));
        }
        if (words.error() == CommandProblem::OpenQuote) {
            return failure(command.text, QStringLiteral("A quotation mark is not closed"));
        }
        if (!isOwn) {
            return failure(command.text,
                           QStringLiteral("It needs a shell, and was not written by you"));
        }
        words = QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), command.text};
    }
    for (QString &word : *words) {
        const auto value = expanded(word, target, command.text);
        if (!value) {
            return base::Failure(value.error());
        }
        word = *value;
    }
    return *words;
}

ProxyProcess::ProxyProcess(QObject *parent)
    : QObject(parent)
    , m_process(this) // children follow into another thread
{
    connect(&m_process, &QProcess::readyReadStandardError, this, &ProxyProcess::handleErrorOutput);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            finish(m_process.errorString());
        }
    });
    connect(&m_process, &QProcess::started, this, [this] { m_group = m_process.processId(); });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        handleErrorOutput();
        killGroup();
        finish(status == QProcess::NormalExit
                   ? QStringLiteral("It ended with status %1").arg(code)
                   : QStringLiteral("It was killed by signal %1").arg(code));
    });
}

// What is killed has ended soon, so that reaping it takes no time worth a word.
ProxyProcess::~ProxyProcess()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        m_group = m_process.processId();
        killGroup();
        m_process.close(); // kills, for it may not have made its group yet, and reaps
    }
}

base::Result<base::UniqueFd> ProxyProcess::start(const ProxyCommand &command,
                                                 const ProxyCommandTarget &target)
{
    auto words = proxyCommandLine(command, target);
    if (!words) {
        return base::Failure(words.error());
    }
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return base::Failure(
            base::Error::fromErrno(errno, QStringLiteral("make a socket for"), command.text));
    }
    base::UniqueFd ours(ends[0]);
    const base::UniqueFd theirs(ends[1]); // blocking, as programs expect it
    makeNonBlocking(ours.get());

    m_program = words->first();
    m_process.setProgram(words->takeFirst());
    m_process.setArguments(*words);
    // In the child, between fork() and exec(): only calls of signal-safety(7).
    m_process.setChildProcessModifier([fd = theirs.get()] {
        ::setsid();
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::dup2(fd, STDIN_FILENO);
        ::dup2(fd, STDOUT_FILENO);
    });
    m_process.start(QIODevice::ReadOnly);
    return ours;
}

base::Error ProxyProcess::error() const
{
    QStringList lines = m_lastLines;
    if (m_end) {
        lines.prepend(*m_end);
    }
    return failure(m_program, lines.join(u'\n')).error();
}

void ProxyProcess::handleErrorOutput()
{
    m_pendingLine += m_process.readAllStandardError();
    qsizetype end = -1;
    while ((end = m_pendingLine.indexOf('\n')) >= 0 || m_pendingLine.size() > longestLine) {
        const qsizetype size = end < 0 ? longestLine : end;
        const QString line = QString::fromLocal8Bit(m_pendingLine.first(size).trimmed());
        m_pendingLine.remove(0, end < 0 ? size : size + 1);
        if (line.isEmpty()) {
            continue;
        }
        m_lastLines.append(line.left(longestLine));
        if (m_lastLines.size() > mostLines) {
            m_lastLines.removeFirst();
        }
        if (++m_reportedLines <= mostReportedLines) {
            emit errorOutput(line.left(longestLine));
        }
    }
}

// Its number may be another's soon after the program was reaped: only at that moment, or before.
void ProxyProcess::killGroup()
{
    if (m_group > 0) {
        ::kill(static_cast<pid_t>(-m_group), SIGKILL);
        m_group = 0;
    }
}

void ProxyProcess::finish(const QString &how)
{
    if (m_end) {
        return;
    }
    if (!m_pendingLine.isEmpty()) {
        m_pendingLine.append('\n');
        handleErrorOutput();
    }
    m_end = how;
    emit ended();
}

} // namespace net
