#include "terminal/TextSearch.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <utility>

namespace terminal {
namespace {

// PCRE tries an expression at each place of a text, each time with so many steps at most
// (pcre2pattern(3), "Setting match resource limits"). Together with the length of a piece that
// bounds what one call can take, for it can not be interrupted.
constexpr int mostSteps = 5000;
constexpr qsizetype mostPieceLength = 4096;

// A line, put together from its rows.
struct Line
{
    QString text;
    int firstRow = 0;
    QList<qsizetype> ends; // where each row ends in the text
};

class Finder
{
public:
    Finder(const TextQuery &query, QDeadlineTimer deadline);

    // False if there is nothing to go on with.
    bool find(const Line &line);

    TextMatches take() { return std::move(m_result); }

private:
    bool findPlain(const Line &line);
    bool findExpression(const Line &line);
    bool stop(TextMatches::End end);
    bool add(const Line &line, qsizetype start, qsizetype length);

    TextQuery m_query;
    QDeadlineTimer m_deadline;
    std::optional<QRegularExpression> m_expression;
    TextMatches m_result;
};

Finder::Finder(const TextQuery &query, QDeadlineTimer deadline)
    : m_query(query)
    , m_deadline(deadline)
{
    if (!query.isExpression) {
        return;
    }
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (!query.isCaseSensitive) {
        options |= QRegularExpression::CaseInsensitiveOption;
    }
    const QRegularExpression plain(query.text, options);
    if (!plain.isValid()) { // asked without the limit, which would move what the message points to
        m_result.end = TextMatches::End::Invalid;
        m_result.problem = plain.errorString();
        return;
    }
    m_expression.emplace(QStringLiteral("(*LIMIT_MATCH=%1)").arg(mostSteps) + query.text, options);
    if (!m_expression->isValid()) {
        m_result.end = TextMatches::End::Invalid;
        m_result.problem = m_expression->errorString();
    }
}

bool Finder::find(const Line &line)
{
    if (m_query.text.isEmpty() || m_result.end != TextMatches::End::Complete) {
        return false;
    }
    if (m_deadline.hasExpired()) {
        return stop(TextMatches::End::TooLong);
    }
    return m_expression ? findExpression(line) : findPlain(line);
}

bool Finder::findPlain(const Line &line)
{
    const auto sensitivity = m_query.isCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    qsizetype at = line.text.indexOf(m_query.text, 0, sensitivity);
    while (at >= 0) {
        if (!add(line, at, m_query.text.size())) {
            return false;
        }
        at = line.text.indexOf(m_query.text, at + m_query.text.size(), sensitivity);
    }
    return true;
}

bool Finder::findExpression(const Line &line)
{
    for (qsizetype from = 0; from < line.text.size(); from += mostPieceLength) {
        const QStringView piece = QStringView(line.text).sliced(
            from, std::min(mostPieceLength, line.text.size() - from));
        for (qsizetype at = 0; at < piece.size();) {
            const QRegularExpressionMatch match = m_expression->matchView(piece, at);
            if (!match.isValid()) {
                return stop(TextMatches::End::TooComplex);
            }
            if (!match.hasMatch()) {
                break;
            }
            const qsizetype length = match.capturedLength();
            if (length > 0 && !add(line, from + match.capturedStart(), length)) {
                return false;
            }
            at = std::max(match.capturedEnd(), match.capturedStart() + 1);
        }
        if (m_deadline.hasExpired()) {
            return stop(TextMatches::End::TooLong);
        }
    }
    return true;
}

bool Finder::stop(TextMatches::End end)
{
    m_result.end = end;
    return false;
}

bool Finder::add(const Line &line, qsizetype start, qsizetype length)
{
    if (m_result.matches.size() == TextMatches::mostMatches) {
        return stop(TextMatches::End::TooMany);
    }
    const auto end = std::ranges::upper_bound(line.ends, start);
    const qsizetype rowStart = end == line.ends.begin() ? 0 : *(end - 1);
    m_result.matches.append({line.firstRow + static_cast<int>(end - line.ends.begin()),
                             static_cast<int>(start - rowStart), static_cast<int>(length)});
    return true;
}

} // namespace

TextMatches findText(const QList<TextRow> &rows, const TextQuery &query,
                     std::chrono::milliseconds limit)
{
    Finder finder(query, QDeadlineTimer(limit));
    Line line;
    for (int row = 0; row < rows.size(); ++row) {
        line.text += rows[row].text;
        line.ends.append(line.text.size());
        if (rows[row].isContinued && row + 1 < rows.size()) {
            continue;
        }
        if (!finder.find(line)) {
            break;
        }
        line = {.text = {}, .firstRow = row + 1, .ends = {}};
    }
    return finder.take();
}

} // namespace terminal
