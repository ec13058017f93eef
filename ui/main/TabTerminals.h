// TabTerminals: the terminals of a tab and the connection on which their shells run. Used by
// ConnectionPage.

#pragma once

#include <QObject>

#include <memory>

namespace ui {

class SharedConnection;
class SheetHost;
class TerminalPane;
class TerminalSplits;

class TabTerminals final : public QObject
{
    Q_OBJECT

public:
    // Questions are sheets in `host`. Both outlive this.
    TabTerminals(TerminalSplits &terminals, SheetHost &host, QObject *parent = nullptr);

    // The connection is Ready; it may be held until TerminalSplits::leave().
    void join(const std::shared_ptr<SharedConnection> &connection);

    // True if the terminal that is typed into is one of several, so that it can go alone.
    bool canCloseCurrent() const;
    void closeCurrent();

private:
    void close(TerminalPane *pane);

    TerminalSplits &m_terminals;
    SheetHost &m_host;
};

} // namespace ui
