// CommandsPanel: the commands of one terminal, the latest at the top, with how each ended and how
// long it took. Lies over the right part of the terminal; Enter goes to a command, Escape closes.

#pragma once

#include "ui/widgets/Panel.h"

#include <QTimer>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class PlainLabel;
struct ShellCommand;
class ShellCommands;
class ShellHookHelp;

class CommandsPanel final : public Panel
{
    Q_OBJECT

public:
    // Over `screen`, whose commands they are. Hidden until open().
    CommandsPanel(ShellCommands &commands, QWidget &screen);

    void open();
    void close();

    // "3 s", "2 min 05 s", "1 h 02 min".
    static QString durationText(std::chrono::milliseconds duration);

signals:
    void closed(); // the terminal is to have the focus
    void typeRequested(const QString &line); // without Enter

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPushButton *createButton(const char *name, const QString &text);
    void createLayout();
    void fill();
    void fillRow(QTreeWidgetItem &row, const ShellCommand &command) const;
    void filter();
    void updateButtons();
    qsizetype chosen() const; // index of the command, -1 for none
    void goToChosen();
    void copyOutput();
    void place();

    ShellCommands &m_commands;
    QWidget &m_screen;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    PlainLabel *m_problem;
    ShellHookHelp *m_help;
    QPushButton *m_go;
    QPushButton *m_copyOutput;
    QPushButton *m_copyCommand;
    QTimer m_fillTimer;
};

} // namespace ui
