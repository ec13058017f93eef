// BroadcastSheet: asks into which terminals typing is to go at once: those of all tabs, with what
// their servers are for.

#pragma once

#include "ui/widgets/Sheet.h"

#include <QList>
#include <QPointer>

class QPushButton;
class QTreeWidget;

namespace ui {

class ConnectionPage;
class PlainLabel;
class SessionTabs;
class TerminalPane;

class BroadcastSheet final : public Sheet
{
    Q_OBJECT

public:
    // The terminals of the tab in front are chosen to begin with.
    explicit BroadcastSheet(const SessionTabs &tabs, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override; // Enter in the list answers

signals:
    // With the cautions of the servers among them: "web01 is a production server."
    void chosen(const QList<ui::TerminalPane *> &panes, const QStringList &cautions);

private:
    void addPage(ConnectionPage &page, bool isInFront);
    void update();
    void accept();

    struct Choice
    {
        QPointer<TerminalPane> pane; // it may go while one chooses
        QString caution;
    };

    QList<TerminalPane *> chosenPanes(QStringList &cautions) const;

    QList<Choice> m_choices; // in the order of the rows
    QTreeWidget *m_list;
    PlainLabel *m_caution;
    QPushButton *m_accept;
};

} // namespace ui
