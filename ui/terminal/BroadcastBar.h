// BroadcastBar: says above a terminal, and with a thick frame around it, that what is typed goes to
// other terminals too, and stops that. Used by TerminalPane.

#pragma once

#include "ui/widgets/Panel.h"

namespace ui {

class PlainLabel;

class BroadcastBar final : public Panel
{
    Q_OBJECT

public:
    // The frame lies over `pane`, which gets margins for it while it is shown.
    explicit BroadcastBar(QWidget &pane);

    void showText(const QString &text);
    void dismiss();

signals:
    void stopRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Frame;

    QWidget &m_pane;
    PlainLabel *m_label;
    Frame *m_frame;
};

} // namespace ui
