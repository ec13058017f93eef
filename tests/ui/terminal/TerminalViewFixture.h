// TerminalViewFixture: a terminal in a window of its own, for tests of what it does alone.

#pragma once

#include "ui/terminal/TerminalView.h"

#include <QObject>

#include <memory>

class TerminalViewFixture : public QObject
{
    Q_OBJECT

protected:
    // A new one, which has the focus. False if its window did not become the active one.
    [[nodiscard]] bool showView();

    QWidget *display() const { return m_view->focusProxy(); }

    // Returns when the bytes are drawn, which is a little after they are part of the text.
    void show(const QByteArray &bytes);

    QString screenText() const;

    std::unique_ptr<ui::TerminalView> m_view;
};
