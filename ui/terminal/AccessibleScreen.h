// AccessibleScreen: what is to be seen of a terminal, as one text for screen readers, and what
// changes in it. Read when somebody asks; told of itself only while assistive technology is active,
// and then a few times a second at most, whatever a program writes. Used by TerminalAccessible.

#pragma once

#include <QObject>
#include <QRect>
#include <QString>
#include <QStringList>
#include <QTimer>

class QTermWidget;
class QWidget;

namespace ui {

class ScreenText;

class AccessibleScreen final : public QObject
{
    Q_OBJECT

public:
    // `display` has the focus and is what changes are told of. All outlive this.
    AccessibleScreen(ScreenText &text, QTermWidget &terminal, QWidget &display,
                     QObject *parent = nullptr);

    // Rows without blanks at their ends, with a line break between them. What was read last, while
    // something is selected.
    QString text();

    // Offsets into text(); -1 for none.
    int cursorOffset();
    int offsetAt(QPoint place); // in the display
    QRect cellAt(int offset); // likewise

    // Whether somebody listens. Qt knows; a test knows better.
    void setActivity(bool (*isActive)()) { m_isActive = isActive; }

signals:
    // From that offset on one text has taken the place of the other. Told to Qt as well.
    void changed(int offset, const QString &before, const QString &after);

private:
    void noteChange();
    void read();
    void tell();
    int offsetOf(int row, int column) const;
    QRect cursorCell() const;

    ScreenText &m_text;
    QWidget &m_display;
    QStringList m_rows;
    QString m_told; // as the readers know it
    bool (*m_isActive)();
    bool m_isStale = true;
    QTimer m_pause;
};

} // namespace ui
