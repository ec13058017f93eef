// BottomPanel: what goes on in the background of a tab: its transfers. Folded to one line until
// there is something to see.

#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class TransferPanel;

class BottomPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit BottomPanel(QWidget *parent = nullptr);

    TransferPanel &transfers() const { return *m_transfers; }

    void unfold();

private:
    void updateTitle(int unfinished);

    QToolButton *m_toggle;
    TransferPanel *m_transfers;
};

} // namespace ui
