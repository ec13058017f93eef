#include "net/CommandWords.h"

#include <QDir>

#include <algorithm>
#include <optional>

namespace net {
namespace {

// Outside of quotes these mean something to a shell wherever they stand.
constexpr QStringView special = u"|&;<>()$`*?[]\n";
// What a backslash quotes between double quotation marks; in front of others it is itself.
constexpr QStringView escapable = u"\\\"$`";

class Splitter
{
public:
    explicit Splitter(QStringView text)
        : m_text(text)
    {
    }

    base::Result<QStringList, CommandProblem> split()
    {
        while (!m_problem && m_position < m_text.size()) {
            step(m_text[m_position++]);
        }
        endWord();
        if (m_problem) {
            return base::Failure(*m_problem);
        }
        if (!m_words.isEmpty() && m_words.first() == u"exec") {
            m_words.removeFirst();
        }
        if (m_words.isEmpty()) {
            return base::Failure(CommandProblem::Empty);
        }
        return m_words;
    }

private:
    void step(QChar c)
    {
        if (c == u' ' || c == u'\t') {
            endWord();
        } else if (c == u'\'') {
            takeSingleQuoted();
        } else if (c == u'"') {
            takeDoubleQuoted();
        } else if (c == u'\\') {
            takeEscaped();
        } else if (c == u'~' && !m_word && isOwnHome()) {
            word().append(QDir::homePath());
        } else if (special.contains(c) || isSpecialHere(c)) {
            fail(CommandProblem::NeedsShell);
        } else {
            word().append(c);
        }
    }

    // The tilde is all of the word or of its first directory: another one's home follows otherwise.
    bool isOwnHome() const
    {
        return m_position == m_text.size() || QStringView(u" \t/").contains(m_text[m_position]);
    }

    // Someone's home directory, a comment, a group, or a variable that is set for the command.
    bool isSpecialHere(QChar c) const
    {
        const bool startsWord = !m_word;
        return (startsWord && (c == u'~' || c == u'#' || c == u'{' || c == u'!'))
            || (c == u'=' && m_words.isEmpty() && m_word && isVariableName(*m_word));
    }

    static bool isVariableName(QStringView text)
    {
        const auto isPart = [](QChar c) { return c == u'_' || c.isLetterOrNumber(); };
        return !text.isEmpty() && !text[0].isDigit() && std::ranges::all_of(text, isPart);
    }

    void takeSingleQuoted()
    {
        const qsizetype end = m_text.indexOf(u'\'', m_position);
        if (end < 0) {
            fail(CommandProblem::OpenQuote);
            return;
        }
        word().append(m_text.sliced(m_position, end - m_position));
        m_position = end + 1;
    }

    void takeDoubleQuoted()
    {
        word();
        while (m_position < m_text.size()) {
            const QChar c = m_text[m_position++];
            if (c == u'"') {
                return;
            }
            const bool escapes = c == u'\\' && m_position < m_text.size()
                && escapable.contains(m_text[m_position]);
            if (c == u'$' || c == u'`') {
                fail(CommandProblem::NeedsShell);
                return;
            }
            word().append(escapes ? m_text[m_position++] : c);
        }
        fail(CommandProblem::OpenQuote);
    }

    void takeEscaped()
    {
        if (m_position == m_text.size()) {
            fail(CommandProblem::OpenQuote);
        } else {
            word().append(m_text[m_position++]);
        }
    }

    void fail(CommandProblem problem) { m_problem = m_problem.value_or(problem); }

    // Begins one if there is none: quotation marks with nothing in between are a word.
    QString &word()
    {
        if (!m_word) {
            m_word.emplace();
        }
        return *m_word;
    }

    void endWord()
    {
        if (m_word) {
            m_words.append(*m_word);
            m_word.reset();
        }
    }

    QStringView m_text;
    qsizetype m_position = 0;
    QStringList m_words;
    std::optional<QString> m_word; // under way
    std::optional<CommandProblem> m_problem;
};

} // namespace

base::Result<QStringList, CommandProblem> commandWords(QStringView text)
{
    return Splitter(text).split();
}

} // namespace net
