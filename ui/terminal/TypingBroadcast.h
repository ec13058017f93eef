// TypingBroadcast: what is typed into one of several terminals is typed into the others as well.
// Only keys and pasted text, never the answers that a terminal gives to a program.
//
// A terminal whose shell ends or is lost leaves for good: after a reconnect nothing is typed into
// it unasked. One for each window.

#pragma once

#include <QList>
#include <QObject>

class QKeyEvent;

namespace terminal {
class PasteText;
}

namespace ui {

class TerminalPane;

class TypingBroadcast final : public QObject
{
    Q_OBJECT

public:
    explicit TypingBroadcast(QObject *parent = nullptr);
    ~TypingBroadcast() override;

    // Into these, which are borrowed, in the place of those before. Fewer than two are none.
    void start(const QList<TerminalPane *> &panes);
    void stop();

    bool isOn() const { return !m_panes.isEmpty(); }
    const QList<TerminalPane *> &panes() const { return m_panes; }

signals:
    void changed();

private:
    void follow(TerminalPane &pane);
    void drop(TerminalPane *pane);
    void update();
    template<typename Call>
    void passOn(const TerminalPane *from, Call call);

    QList<TerminalPane *> m_panes;
    bool m_isPassingOn = false; // what that causes is not passed on again
};

} // namespace ui
