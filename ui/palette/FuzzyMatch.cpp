#include "ui/palette/FuzzyMatch.h"

#include <QChar>

#include <algorithm>

namespace ui {
namespace {

constexpr int found = 1;
constexpr int inARow = 25;
constexpr int atWordStart = 10;
constexpr int atFront = 6;
constexpr int mostLost = 5; // by what stands between and behind
constexpr int otherOrder = 30; // a word more or less

bool isWordStart(QStringView name, qsizetype position)
{
    return position == 0 || !name[position - 1].isLetterOrNumber()
        || (name[position].isUpper() && name[position - 1].isLower());
}

// `from` itself if it fits, so that words stay together; else the first place that begins a word,
// else the first one at all; -1 if there is none.
qsizetype placeOf(QChar wanted, QStringView name, qsizetype from)
{
    qsizetype first = -1;
    for (qsizetype position = from; position < name.size(); ++position) {
        if (name[position].toCaseFolded() != wanted) {
            continue;
        }
        if (position == from || isWordStart(name, position)) {
            return position;
        }
        first = first < 0 ? position : first;
    }
    return first;
}

// Greedy, but can be led astray by a word that begins with the right character: `isEager` takes the
// first place instead.
std::optional<int> scoreOf(QStringView typed, QStringView name, bool isEager)
{
    int score = 0;
    qsizetype next = 0;
    for (const QChar character : typed) {
        if (character.isSpace()) {
            continue;
        }
        const QChar wanted = character.toCaseFolded();
        qsizetype place = next;
        if (isEager) {
            while (place < name.size() && name[place].toCaseFolded() != wanted) {
                ++place;
            }
        } else {
            place = placeOf(wanted, name, next);
        }
        if (place < 0 || place >= name.size()) {
            return std::nullopt;
        }
        score += found + (isWordStart(name, place) ? atWordStart : 0);
        score += place == 0 ? atFront : 0;
        score += place == next && next > 0 ? inARow : 0;
        score -= static_cast<int>(std::min<qsizetype>(place - next, mostLost));
        next = place + 1;
    }
    return score - static_cast<int>(std::min<qsizetype>(name.size() - next, mostLost));
}

std::optional<int> bestScoreOf(QStringView typed, QStringView name)
{
    return std::max(scoreOf(typed, name, false), scoreOf(typed, name, true)); // absent is least
}

// Each word as a whole, wherever it stands.
std::optional<int> scoreOfWords(QStringView typed, QStringView name)
{
    int score = -otherOrder;
    for (const QStringView word : typed.split(u' ', Qt::SkipEmptyParts)) {
        if (!name.contains(word, Qt::CaseInsensitive)) {
            return std::nullopt;
        }
        score += bestScoreOf(word, name).value_or(0);
    }
    return score;
}

} // namespace

std::optional<int> fuzzyScore(QStringView typed, QStringView name)
{
    if (typed.trimmed().isEmpty()) {
        return 0;
    }
    return std::max(bestScoreOf(typed, name), scoreOfWords(typed, name));
}

} // namespace ui
