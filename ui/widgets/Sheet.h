// Sheet: the base of all questions. A panel inside the tab or pane that asks, never a window of its
// own, so that everything else stays usable. SheetHost lays one over a tab; a pane may put one into
// its layout.
//
// A subclass sets the focus proxy to the safe thing, which is never the dangerous button.

#pragma once

#include "ui/widgets/Panel.h"

class QPushButton;

namespace ui {

class Sheet : public Panel
{
    Q_OBJECT

public:
    explicit Sheet(QWidget *parent = nullptr, std::optional<Theme::Meaning> meaning = std::nullopt);

    // How wide it would like to be: enough for a line of prose, and little enough to be taken in
    // at a glance.
    virtual int widthInCharacters() const { return 68; }

    // Of one that is finished: the focus was in it, or nowhere in the window.
    bool hadFocus() const { return m_hadFocus; }

public slots:
    // What Escape does: tells, and goes away.
    void cancel();

signals:
    void cancelled();
    void finished(); // once, the last signal: it was answered or canceled, and is deleted soon

protected:
    // What Enter presses where the focus is on no button. Never the dangerous one.
    void setDefaultButton(QPushButton *button);

    // Goes away after an answer was given. Safe to call from a slot of one of its own buttons.
    void finish();

    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override; // Tab stays inside

private:
    QPushButton *m_default = nullptr; // a child
    bool m_isFinished = false;
    bool m_hadFocus = false;
};

} // namespace ui
