// AnswerSource: where one answer of the user comes from, the terminal or a program.

#pragma once

#include "app/headless/QuestionText.h"
#include "base/SecretString.h"

#include <QObject>

#include <memory>

namespace app {

class AnswerSource : public QObject
{
    Q_OBJECT

public:
    // The terminal or SSH_ASKPASS, as ssh(1) chooses; null if there is nobody to ask.
    static std::unique_ptr<AnswerSource> choose();

    // Call it once. Destroying the source takes the question back.
    virtual void ask(const Question &question) = 0;

signals:
    void answered(const base::SecretString &answer); // or refused(), as the last signal
    void refused();

protected:
    AnswerSource() = default;
};

} // namespace app
