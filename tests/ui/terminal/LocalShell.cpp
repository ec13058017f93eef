#include "LocalShell.h"

LocalShell::LocalShell(const QString &commandLine)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home());
    // A shell that outlives its terminal would write its history where the directory was.
    environment.insert(QStringLiteral("HISTFILE"), QString());
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm-256color"));
    environment.insert(QStringLiteral("HOSTNAME"), QStringLiteral("localhost"));
    for (const char *name : {"PROMPT_COMMAND", "PS0", "PS1", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) {
        environment.remove(QString::fromLatin1(name));
    }
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(home());
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
            [this] { emit received(m_process.readAllStandardOutput()); });
    m_process.start(QStringLiteral("script"),
                    {QStringLiteral("-qfec"), commandLine, QStringLiteral("/dev/null")});
}

LocalShell::~LocalShell()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

qsizetype LocalShell::write(QByteArrayView data)
{
    return m_process.write(data.data(), data.size());
}
