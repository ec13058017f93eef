// AskpassProgram: the program in SSH_ASKPASS, asked once. For processes without a terminal, and for
// users who prefer a window.

#pragma once

#include "app/headless/AnswerSource.h"

#include <QProcess>
#include <QProcessEnvironment>

namespace app {

// When to ask the program, by the environment, as ssh(1) describes SSH_ASKPASS_REQUIRE.
enum class AskpassUse {
    Never,
    WithoutTerminal,
    Always,
};

AskpassUse askpassUse(const QProcessEnvironment &environment);

class AskpassProgram final : public AnswerSource
{
    Q_OBJECT

public:
    explicit AskpassProgram(QString program);
    ~AskpassProgram() override; // ends the program

    // The program gets the question as its argument, and SSH_ASKPASS_PROMPT=confirm if yes or no
    // are enough: then success means yes.
    void ask(const Question &question) override;

private:
    void handleEnd(int exitCode, QProcess::ExitStatus status);

    QString m_program;
    Question::Kind m_kind = Question::Kind::Secret;
    QProcess m_process;
};

} // namespace app
