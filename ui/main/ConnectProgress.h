// ConnectProgress: what a tab shows while it connects: how far it is, and a way to stop.

#pragma once

#include "ssh/Connection.h"

#include <QWidget>

namespace ui {

class PlainLabel;

class ConnectProgress final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectProgress(QWidget *parent = nullptr);

    // The agent waits for a person; `wait` holds foreign text.
    void showWait(const ssh::AgentWait &wait);

    // `target` is shown as plain text, for example "deploy@web01".
    void showState(ssh::Connection::State state, const QString &target);

    // What goes on before there is a connection. Safe to show.
    void showText(const QString &text);

signals:
    void cancelled();

private:
    PlainLabel *m_label;
};

} // namespace ui
