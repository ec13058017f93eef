// TabTerminals: the terminals of a tab and the connection on which their shells run. Used by
// ConnectionPage.

#pragma once

#include "ui/terminal/TerminalMark.h"

#include <QObject>
#include <QString>

#include <memory>

class QWidget;

namespace ui {

class SharedConnection;
class SheetHost;
class TerminalPane;
class TerminalSplits;

class TabTerminals final : public QObject
{
    Q_OBJECT

public:
    // Questions are sheets in `host`. All outlive this; `page` is what one sees of the tab.
    TabTerminals(TerminalSplits &terminals, SheetHost &host, QWidget &page);

    // The connection is Ready; it may be held until TerminalSplits::leave().
    void join(const std::shared_ptr<SharedConnection> &connection);

    // True if the terminal that is typed into is one of several, so that it can go alone.
    bool canCloseCurrent() const;
    void closeCurrent(); // asks first if something runs in it

    // What would end with the tab, in a whole sentence; empty if nothing is known to run.
    QString lossText() const;

    // What the tab is called: as the user has named it, or else `title` and what the program in the
    // current terminal calls itself, and whether something is recorded. Plain text.
    QString tabTitle(const QString &title) const;
    const QString &ownName() const { return m_ownName; }
    void setOwnName(const QString &name); // empty: none

    // What has happened while another tab was in front.
    TerminalMark mark() const { return m_mark; }
    void clearMark();
    static QString markText(TerminalMark mark); // "the bell rang"; empty for None

signals:
    void changed(); // a title or the mark

private:
    void close(TerminalPane *pane);
    void note(TerminalMark mark);
    QString nameOf(const QString &title) const;

    TerminalSplits &m_terminals;
    SheetHost &m_host;
    QWidget &m_page;
    QString m_ownName;
    TerminalMark m_mark = TerminalMark::None;
};

} // namespace ui
