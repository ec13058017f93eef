#include "transfer/ConflictPolicy.h"

#include <utility>

namespace transfer {

ConflictPolicy::ConflictPolicy(std::function<void(const Conflict &)> raise)
    : m_raise(std::move(raise))
{
}

void ConflictPolicy::ask(Conflict conflict, Answered answered)
{
    if (m_answerForAll) {
        answered(*m_answerForAll);
        return;
    }
    conflict.id = ++m_lastId;
    m_waiting.push_back({std::move(conflict), std::move(answered)});
    if (m_waiting.size() == 1) {
        m_raise(m_waiting.front().conflict);
    }
}

void ConflictPolicy::answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope)
{
    if (m_waiting.empty() || m_waiting.front().conflict.id != conflict) {
        return;
    }
    std::deque<Question> answered;
    if (scope == AnswerScope::AllFiles) {
        m_answerForAll = answer;
        answered = std::exchange(m_waiting, {});
    } else {
        answered.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    if (!m_waiting.empty()) {
        m_raise(m_waiting.front().conflict);
    }
    for (Question &question : answered) {
        question.answered(answer);
    }
}

} // namespace transfer
