// TerminalSearch: the field over the upper right corner of a terminal that finds text in what it
// shows and has kept. Enter goes up to older places, Shift+Enter down again.
//
// It lies over the terminal, which keeps its size: otherwise the program in it would draw anew.

#pragma once

#include "terminal/TextSearch.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

class ScreenText;

class TerminalSearch final : public QFrame
{
    Q_OBJECT

public:
    // Borrows the text, which belongs to the parent.
    TerminalSearch(ScreenText &text, QWidget *parent);
    ~TerminalSearch() override;

    // Shows the field with the focus. `beginning` takes the place of what was looked for, if there
    // is any.
    void open(const QString &beginning);

    // Into its corner, when the parent has another size.
    void place();

    // The text may have changed since the last search.
    void noteOutput() { m_isOutdated = true; }

signals:
    void closed(); // the focus is to go back

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Step { Stay, Older, Newer };

    QToolButton *createButton(const char *name, const QString &sign, const QString &text);
    void handleEdit();
    void go(Step step);
    void search(Step then);
    void take(const terminal::TextMatches &found, Step then);
    void choose(Step step);
    void showMatch();
    void showState();
    void close();

    ScreenText &m_text;
    QLineEdit *m_edit;
    QToolButton *m_case;
    QToolButton *m_expression;
    QLabel *m_count;
    QTimer m_pause; // after a key, before the search begins
    terminal::TextMatches m_found;
    std::optional<qsizetype> m_current; // of the matches
    int m_origin = 0; // the row from which one went upwards
    quint64 m_run = 0; // of the search that counts
    bool m_isOutdated = true;
    bool m_isSearching = false;
};

} // namespace ui
