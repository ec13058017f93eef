// ConflictPolicy: asks what to do about files that are in the way, one question at a time, and
// remembers an answer that was given for all. Used by TransferRun.
//
// What was said for all does not speak of lookalikes, unless it leaves alone what is there: that is
// of the same copy.

#pragma once

#include "base/Result.h"
#include "transfer/TransferRequest.h"

#include <deque>
#include <functional>
#include <optional>

namespace transfer {

class ConflictPolicy
{
public:
    using Answered = std::move_only_function<void(ConflictAnswer)>;

    // `raise` shows a question to the user.
    explicit ConflictPolicy(std::function<void(const Conflict &)> raise,
                            const AnswersForAll &answers = {});

    // Answers at once if the user has answered for all files. Sets the conflict's id.
    void ask(Conflict conflict, Answered answered);

    // Ignored if this conflict is not the open question.
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);

    qsizetype waitingCount() const { return static_cast<qsizetype>(m_waiting.size()); }
    const AnswersForAll &answersForAll() const { return m_answers; }

private:
    struct Question
    {
        Conflict conflict;
        Answered answered;
    };

    std::optional<ConflictAnswer> answerFor(const Conflict &conflict) const;
    void remember(const Conflict &asked, ConflictAnswer answer);
    std::deque<Question> takeAnswered(AnswerScope scope);

    std::function<void(const Conflict &)> m_raise;
    std::deque<Question> m_waiting; // the first one is shown
    AnswersForAll m_answers;
    Conflict::Id m_lastId = 0;
};

} // namespace transfer
