#include "app/headless/AskpassProgram.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

AskpassUse askpassUse(const QProcessEnvironment &environment)
{
    const QString require = environment.value(u"SSH_ASKPASS_REQUIRE"_s).toLower();
    const bool hasDisplay
        = environment.contains(u"DISPLAY"_s) || environment.contains(u"WAYLAND_DISPLAY"_s);
    if (environment.value(u"SSH_ASKPASS"_s).isEmpty() || require == u"never") {
        return AskpassUse::Never;
    }
    if (require == u"force") {
        return AskpassUse::Always;
    }
    if (!hasDisplay) {
        return AskpassUse::Never;
    }
    return require == u"prefer" ? AskpassUse::Always : AskpassUse::WithoutTerminal;
}

AskpassProgram::AskpassProgram(QString program)
    : m_program(std::move(program))
{
    // What it complains about is for the user; its standard input is not ours to give away.
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setStandardInputFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::finished, this, &AskpassProgram::handleEnd);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            emit refused();
        }
    });
}

AskpassProgram::~AskpassProgram()
{
    m_process.disconnect(this);
    m_process.kill();
}

void AskpassProgram::ask(const Question &question)
{
    m_kind = question.kind;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"SSH_ASKPASS_PROMPT"_s);
    if (m_kind == Question::Kind::Confirmation) {
        environment.insert(u"SSH_ASKPASS_PROMPT"_s, u"confirm"_s);
    }
    m_process.setProcessEnvironment(environment);
    m_process.start(m_program, {question.text}, QIODevice::ReadOnly);
}

void AskpassProgram::handleEnd(int exitCode, QProcess::ExitStatus status)
{
    QByteArray output = m_process.readAllStandardOutput();
    if (status != QProcess::NormalExit || exitCode != 0) {
        emit refused();
        return;
    }
    const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
    const auto end = std::find_if(output.cbegin(), output.cend(), isEnd);
    QByteArray line(output.constData(), std::distance(output.cbegin(), end));
    output.fill('\0');
    if (line.isEmpty() && m_kind == Question::Kind::Confirmation) {
        line = "yes";
    }
    emit answered(base::SecretString::fromUtf8(std::move(line)));
}

} // namespace app
