#include "ui/main/TabTerminals.h"

#include "base/DisplayText.h"
#include "ssh/Connection.h"
#include "ssh/Shell.h"
#include "ui/main/SharedConnection.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/SheetHost.h"

#include <QApplication>
#include <QLocale>
#include <QRegularExpression>

namespace ui {
namespace {

constexpr qsizetype mostTitleCharacters = 32;

} // namespace

TabTerminals::TabTerminals(TerminalSplits &terminals, SheetHost &host, QWidget &page)
    : QObject(&page)
    , m_terminals(terminals)
    , m_host(host)
    , m_page(page)
{
    connect(&terminals, &TerminalSplits::closeRequested, this, &TabTerminals::close);
    connect(&terminals, &TerminalSplits::currentTitleChanged, this, &TabTerminals::changed);
    connect(&terminals, &TerminalSplits::recordingChanged, this, &TabTerminals::changed);
    connect(&terminals, &TerminalSplits::happened, this, &TabTerminals::note);
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
    if (!pane->bridge().mayBeBusy()) {
        m_terminals.close(*pane);
        return;
    }
    const QString loss = pane->bridge().isBusy()
        ? tr("A program is still running in it. It ends with the terminal.")
        : tr("A program may still be running in it. It would end with the terminal.");
    auto *sheet = new ConfirmSheet(tr("Close this terminal?"), loss, tr("Close terminal"), &m_host);
    connect(sheet, &ConfirmSheet::confirmed, pane, [this, pane] {
        if (m_terminals.count() > 1) { // the others may have gone meanwhile
            m_terminals.close(*pane);
        }
    });
    m_host.present(sheet);
}

QString TabTerminals::lossText() const
{
    const int busy = m_terminals.busyCount();
    const int perhaps = m_terminals.perhapsBusyCount();
    if (perhaps == 0) {
        return {};
    }
    if (busy < perhaps) {
        return perhaps == 1
            ? tr("A program may still be running in the terminal. It would be ended.")
            : tr("Programs may still be running in %1 terminals. They would be ended.")
                  .arg(QLocale().toString(perhaps));
    }
    return busy == 1 ? tr("A program is still running in the terminal. It will be ended.")
                     : tr("Programs are still running in %1 terminals. They will be ended.")
                           .arg(QLocale().toString(busy));
}

QString TabTerminals::tabTitle(const QString &title) const
{
    const QString name = nameOf(title);
    return m_terminals.isRecording() ? tr("%1 · recording").arg(name) : name;
}

// The session stays in sight whatever a program calls itself: it must not pass for another server.
QString TabTerminals::nameOf(const QString &title) const
{
    if (!m_ownName.isEmpty()) {
        return m_ownName;
    }
    // Shells say "user@host: directory", of which the beginning is no news.
    static const QRegularExpression prompt(QStringLiteral("^[^\\s@:]+@[^\\s:]+:\\s*"));
    QString remote = base::displayText(m_terminals.current().remoteTitle());
    remote.remove(prompt);
    if (remote.isEmpty() || remote == title) {
        return title;
    }
    if (remote.size() > mostTitleCharacters) {
        remote = remote.left(mostTitleCharacters - 1) + QStringLiteral("…");
    }
    return title + QStringLiteral(" · ") + remote;
}

void TabTerminals::setOwnName(const QString &name)
{
    m_ownName = base::displayText(name);
    emit changed();
}

void TabTerminals::note(TerminalMark mark)
{
    if (!m_page.isVisible() && mark > m_mark) {
        m_mark = mark;
        emit changed();
    }
}

void TabTerminals::clearMark()
{
    if (m_mark != TerminalMark::None) {
        m_mark = TerminalMark::None;
        emit changed();
    }
}

QString TabTerminals::markText(TerminalMark mark)
{
    switch (mark) {
    case TerminalMark::None:
        break;
    case TerminalMark::Activity:
        return tr("new output");
    case TerminalMark::Finished:
        return tr("a command has finished");
    case TerminalMark::Bell:
        return tr("the bell rang");
    }
    return {};
}

} // namespace ui
