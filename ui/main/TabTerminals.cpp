#include "ui/main/TabTerminals.h"

#include "ssh/Connection.h"
#include "ssh/Shell.h"
#include "ui/main/SharedConnection.h"
#include "ui/terminal/TerminalSplits.h"

#include <QApplication>

namespace ui {

TabTerminals::TabTerminals(TerminalSplits &terminals, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_terminals(terminals)
    , m_host(host)
{
    connect(&terminals, &TerminalSplits::closeRequested, this, &TabTerminals::close);
}

void TabTerminals::join(const std::shared_ptr<SharedConnection> &connection)
{
    const std::weak_ptr<SharedConnection> weak = connection;
    m_terminals.join([weak](QSize cells) -> std::unique_ptr<terminal::ByteStream> {
        const std::shared_ptr<SharedConnection> shared = weak.lock();
        if (shared == nullptr || shared->connection().state() != ssh::Connection::State::Ready) {
            return nullptr;
        }
        ssh::TerminalRequest request;
        request.columns = cells.width();
        request.rows = cells.height();
        return shared->connection().openShell(request);
    });
}

bool TabTerminals::canCloseCurrent() const
{
    const QWidget *focus = QApplication::focusWidget();
    return m_terminals.count() > 1 && focus != nullptr && m_terminals.isAncestorOf(focus);
}

void TabTerminals::closeCurrent()
{
    close(&m_terminals.current());
}

void TabTerminals::close(TerminalPane *pane)
{
    m_terminals.close(*pane);
}

} // namespace ui
