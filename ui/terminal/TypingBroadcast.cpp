#include "ui/terminal/TypingBroadcast.h"

#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalView.h"

#include <QLocale>
#include <QScopedValueRollback>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr qsizetype mostNames = 4;

// "web01, web02 and 3 more".
QString hostsOf(const QList<TerminalPane *> &panes, const QString &more)
{
    QStringList hosts;
    for (const TerminalPane *pane : panes) {
        if (!hosts.contains(pane->host())) {
            hosts.append(pane->host());
        }
    }
    if (hosts.size() <= mostNames) {
        return hosts.join(QStringLiteral(", "));
    }
    const qsizetype rest = hosts.size() - mostNames;
    return more.arg(hosts.first(mostNames).join(QStringLiteral(", "))).arg(rest);
}

} // namespace

TypingBroadcast::TypingBroadcast(QObject *parent)
    : QObject(parent)
{
}

TypingBroadcast::~TypingBroadcast() = default;

void TypingBroadcast::start(const QList<TerminalPane *> &panes)
{
    stop();
    for (TerminalPane *pane : panes) {
        if (pane->hasShell()) {
            m_panes.append(pane);
            follow(*pane);
        }
    }
    update();
}

void TypingBroadcast::stop()
{
    for (TerminalPane *pane : std::exchange(m_panes, {})) {
        pane->disconnect(this);
        pane->view().disconnect(this);
        pane->showBroadcast({});
    }
    emit changed();
}

void TypingBroadcast::follow(TerminalPane &pane)
{
    TerminalView *view = &pane.view();
    connect(view, &TerminalView::keyPressed, this, [this, from = &pane](const QKeyEvent &key) {
        passOn(from, [&key](TerminalView &other) { other.press(key); });
    });
    connect(view, &TerminalView::textEntered, this, [this, from = &pane](const QString &text) {
        passOn(from, [&text](TerminalView &other) { other.type(text.toUtf8()); });
    });
    connect(view, &TerminalView::textPasted, this,
            [this, from = &pane](const terminal::PasteText &text) {
                passOn(from, [&text](TerminalView &other) { other.pasteUnasked(text); });
            });
    connect(&pane, &TerminalPane::shellGone, this, [this, gone = &pane] { drop(gone); });
    connect(&pane, &TerminalPane::stopBroadcastRequested, this, &TypingBroadcast::stop);
    connect(&pane, &QObject::destroyed, this, [this, gone = &pane] {
        m_panes.removeAll(gone); // a pointer to compare, no more
        update();
    });
}

template<typename Call>
void TypingBroadcast::passOn(const TerminalPane *from, Call call)
{
    if (m_isPassingOn) {
        return;
    }
    const QScopedValueRollback guard(m_isPassingOn, true);
    const QList<TerminalPane *> panes = m_panes;
    for (const TerminalPane *pane : panes) {
        if (pane != from && m_panes.contains(pane)) { // it may go by what is typed
            call(pane->view());
        }
    }
}

void TypingBroadcast::drop(TerminalPane *pane)
{
    pane->disconnect(this);
    pane->view().disconnect(this);
    pane->showBroadcast({});
    m_panes.removeAll(pane);
    update();
}

void TypingBroadcast::update()
{
    if (m_panes.size() < 2) {
        stop();
        return;
    }
    const QString text
        = tr("What you type goes into %1 terminals at once: %2")
              .arg(QLocale().toString(m_panes.size()), hostsOf(m_panes, tr("%1 and %2 more")));
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->showBroadcast(text);
    }
    emit changed();
}

} // namespace ui
