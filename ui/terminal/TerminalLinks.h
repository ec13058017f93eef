// TerminalLinks: what may be done with the addresses that a terminal shows. Used by TerminalView.
//
// The server writes them. So only such are opened as can do no more than show something: any other
// scheme may start a program that takes the rest of the address for options.

#pragma once

#include <QObject>
#include <QPoint>
#include <QUrl>

class QMenu;
class QTermWidget;
class QWidget;

namespace ui {

class TerminalLinks final : public QObject
{
    Q_OBJECT

public:
    // Borrowed. A click with Ctrl opens an address from now on.
    explicit TerminalLinks(QTermWidget &terminal, QObject *parent = nullptr);

    // Entries for the address at that place of the widget, if there is one.
    void fillMenu(QMenu &menu, QPoint place);

    // The address at that place of the display, if it is one that opens; else empty. Foreign text.
    QString openableAt(QPoint place, const QWidget &display) const;

signals:
    void serverActivated(const QUrl &url); // ssh or sftp: it is for the program to ask, and connect

private:
    enum class Kind { Forbidden, Page, Server };

    static Kind kindOf(const QUrl &url);
    QString textAt(QPoint place) const;
    void handleActivation(const QUrl &url, bool isFromMenu);
    void open(const QUrl &url);

    QTermWidget &m_terminal;
};

} // namespace ui
