#include "transfer/ConflictPolicy.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace transfer {

ConflictPolicy::ConflictPolicy(std::function<void(const Conflict &)> raise,
                               const AnswersForAll &answers)
    : m_raise(std::move(raise))
    , m_answers(answers)
{
}

void ConflictPolicy::ask(Conflict conflict, Answered answered)
{
    if (const auto answer = answerFor(conflict)) {
        answered(*answer);
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
    if (scope == AnswerScope::AllFiles) {
        remember(m_waiting.front().conflict, answer);
    }
    std::deque<Question> answered = takeAnswered(scope);
    if (!m_waiting.empty()) {
        m_raise(m_waiting.front().conflict);
    }
    for (Question &question : answered) {
        question.answered(answer);
    }
}

std::optional<ConflictAnswer> ConflictPolicy::answerFor(const Conflict &conflict) const
{
    return conflict.isLookalike ? m_answers.lookalikes : m_answers.files;
}

void ConflictPolicy::remember(const Conflict &asked, ConflictAnswer answer)
{
    if (!asked.isLookalike) {
        m_answers.files = answer;
    }
    const bool leavesIt = answer == ConflictAnswer::Skip || answer == ConflictAnswer::KeepBoth
        || answer == ConflictAnswer::Refuse;
    if (asked.isLookalike || leavesIt) {
        m_answers.lookalikes = answer;
    }
}

// The first one, and with it those that its answer speaks of.
std::deque<ConflictPolicy::Question> ConflictPolicy::takeAnswered(AnswerScope scope)
{
    std::deque<Question> answered;
    answered.push_back(std::move(m_waiting.front()));
    m_waiting.pop_front();
    if (scope == AnswerScope::AllFiles) {
        const auto rest = std::ranges::stable_partition(
            m_waiting, [this](const Question &question) { return !answerFor(question.conflict); });
        std::ranges::move(rest, std::back_inserter(answered));
        m_waiting.erase(rest.begin(), rest.end());
    }
    return answered;
}

} // namespace transfer
