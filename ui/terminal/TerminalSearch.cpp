#include "ui/terminal/TerminalSearch.h"

#include "ui/terminal/ScreenText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QFuture>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QtConcurrentRun>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto pause = 80ms;
constexpr auto timeLimit = 2000ms;
constexpr int editCharacters = 24;
constexpr int longestQuery = 1000;

} // namespace

TerminalSearch::TerminalSearch(ScreenText &text, QWidget *parent)
    : QFrame(parent)
    , m_text(text)
    , m_edit(new QLineEdit)
    , m_case(createButton("searchCase", QStringLiteral("Aa"), tr("Match case")))
    , m_expression(createButton("searchExpression", QStringLiteral(".*"), tr("Regular expression")))
    , m_count(new QLabel)
{
    setObjectName(QStringLiteral("terminalSearch"));
    setAccessibleName(tr("Find in the terminal"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_edit->setObjectName(QStringLiteral("searchEdit"));
    m_edit->setAccessibleName(tr("Find"));
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setMaxLength(longestQuery);
    m_edit->setMinimumWidth(fontMetrics().averageCharWidth() * editCharacters);
    m_count->setObjectName(QStringLiteral("searchCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(
        tr("%1 of %2").arg(QStringLiteral("888"), QStringLiteral("888"))));
    m_case->setCheckable(true);
    m_expression->setCheckable(true);
    QToolButton *older = createButton("searchOlder", {}, tr("Previous match (Enter)"));
    older->setIcon(Icons::icon(QStringLiteral("chevron-up")));
    QToolButton *newer = createButton("searchNewer", {}, tr("Next match (Shift+Enter)"));
    newer->setIcon(Icons::icon(QStringLiteral("chevron-down")));
    QToolButton *close = createButton("searchClose", {}, tr("Close (Esc)"));
    close->setIcon(Icons::icon(QStringLiteral("close")));

    auto *layout = new QHBoxLayout(this);
    const int margin = layout->contentsMargins().left() / 2;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin);
    layout->addWidget(m_edit, 1);
    for (QWidget *part : {static_cast<QWidget *>(m_count), static_cast<QWidget *>(m_case),
                          static_cast<QWidget *>(m_expression), static_cast<QWidget *>(older),
                          static_cast<QWidget *>(newer), static_cast<QWidget *>(close)}) {
        layout->addWidget(part);
    }
    hide();

    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, [this] { search(Step::Stay); });
    connect(m_edit, &QLineEdit::textChanged, this, &TerminalSearch::handleEdit);
    connect(m_case, &QToolButton::toggled, this, &TerminalSearch::handleEdit);
    connect(m_expression, &QToolButton::toggled, this, &TerminalSearch::handleEdit);
    connect(older, &QToolButton::clicked, this, [this] { go(Step::Older); });
    connect(newer, &QToolButton::clicked, this, [this] { go(Step::Newer); });
    connect(close, &QToolButton::clicked, this, &TerminalSearch::close);
}

TerminalSearch::~TerminalSearch() = default;

QToolButton *TerminalSearch::createButton(const char *name, const QString &sign,
                                          const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setText(sign);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setAutoRaise(true);
    return button;
}

void TerminalSearch::open(const QString &beginning)
{
    if (isHidden()) {
        m_origin = m_text.rowCount();
    }
    if (!beginning.isEmpty()) {
        m_edit->setText(beginning);
    }
    place();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    handleEdit();
}

void TerminalSearch::handleEdit()
{
    m_isOutdated = true;
    m_isSearching = true;
    ++m_run; // what is under way is of no interest any more
    m_pause.start();
}

void TerminalSearch::go(Step step)
{
    m_pause.stop();
    if (m_isOutdated || m_isSearching) {
        search(step);
    } else {
        choose(step);
    }
}

// What is selected stands for the match of before: its row moves when the scrollback does.
void TerminalSearch::search(Step then)
{
    if (m_current) {
        m_origin = m_text.selectedRow().value_or(m_origin);
    }
    const terminal::TextQuery query{m_edit->text(), m_case->isChecked(), m_expression->isChecked()};
    m_isOutdated = false;
    m_isSearching = true;
    const quint64 run = ++m_run;
    const QList<terminal::TextRow> rows
        = query.text.isEmpty() ? QList<terminal::TextRow>() : m_text.rows();
    m_text.clearSelection(); // that reading has moved
    QtConcurrent::run([rows, query] {
        return terminal::findText(rows, query, timeLimit);
    }).then(this, [this, run, then](const terminal::TextMatches &found) {
        if (run == m_run) {
            take(found, then);
        }
    });
}

void TerminalSearch::take(const terminal::TextMatches &found, Step then)
{
    m_isSearching = false;
    m_found = found;
    const auto below = std::ranges::find_if(
        m_found.matches, [this](const terminal::TextMatch &match) { return match.row > m_origin; });
    // The last one at or above the origin, or else the first.
    const qsizetype index = below - m_found.matches.begin();
    m_current.reset();
    if (!m_found.matches.isEmpty()) {
        m_current = std::max(index - 1, qsizetype{0});
    }
    choose(then);
}

void TerminalSearch::choose(Step step)
{
    if (m_current) {
        const qsizetype count = m_found.matches.size();
        const qsizetype by = step == Step::Older ? -1 : step == Step::Newer ? 1 : 0;
        m_current = (*m_current + by + count) % count;
        showMatch();
    } else {
        m_text.clearSelection();
    }
    showState();
}

void TerminalSearch::showMatch()
{
    const terminal::TextMatch &match = m_found.matches[*m_current];
    m_text.show(match.row, match.start, match.length);
    m_origin = match.row;
}

void TerminalSearch::showState()
{
    using End = terminal::TextMatches::End;
    const QLocale locale;
    const qsizetype count = m_found.matches.size();
    QString text;
    QString why;
    if (m_found.end == End::Invalid) {
        text = tr("Not a regular expression");
        why = m_found.problem;
    } else if (m_found.end == End::TooComplex && count == 0) {
        text = tr("Too complex");
        why = tr("The expression takes too long on this text. Make it simpler.");
    } else if (m_current) {
        const QString total
            = m_found.end == End::Complete ? locale.toString(count) : locale.toString(count) + u'+';
        text = tr("%1 of %2").arg(locale.toString(*m_current + 1), total);
    } else if (!m_edit->text().isEmpty()) {
        text = m_found.end == End::TooLong ? tr("Took too long") : tr("No match");
    }
    QPalette colors = palette();
    if (!m_current) {
        colors.setColor(QPalette::WindowText, Theme::color(Theme::Meaning::Danger, colors));
    }
    m_count->setPalette(colors);
    m_count->setText(text);
    m_count->setToolTip(why);
    m_count->setAccessibleName(why.isEmpty() ? text : text + QStringLiteral(". ") + why);
    place();
}

void TerminalSearch::place()
{
    const int room = parentWidget()->width() - m_text.scrollBarWidth();
    const QSize size(std::min(sizeHint().width(), room), sizeHint().height());
    setGeometry(QRect(QPoint(room - size.width(), 0), size));
}

void TerminalSearch::close()
{
    m_pause.stop();
    ++m_run;
    hide();
    m_found = {};
    m_current.reset();
    m_count->clear();
    emit closed();
}

void TerminalSearch::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        go(event->modifiers().testFlag(Qt::ShiftModifier) ? Step::Newer : Step::Older);
        break;
    case Qt::Key_Up:
        go(Step::Older);
        break;
    case Qt::Key_Down:
        go(Step::Newer);
        break;
    default:
        event->accept(); // nothing typed here may go on to the terminal
        break;
    }
}

} // namespace ui
