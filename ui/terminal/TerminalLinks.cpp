#include "ui/terminal/TerminalLinks.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <qtermwidget.h>

namespace ui {
namespace {

// As the widget completes what it has found.
QUrl urlOf(const QString &text)
{
    if (text.startsWith(QLatin1StringView("www."))) {
        return QUrl(QStringLiteral("http://") + text);
    }
    const bool isAddress = !text.contains(QLatin1StringView("://")) && text.contains(u'@');
    return QUrl(isAddress ? QStringLiteral("mailto:") + text : text);
}

} // namespace

TerminalLinks::TerminalLinks(QTermWidget &terminal, QObject *parent)
    : QObject(parent)
    , m_terminal(terminal)
{
    connect(&terminal, &QTermWidget::urlActivated, this, &TerminalLinks::handleActivation);
}

TerminalLinks::Kind TerminalLinks::kindOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (!url.isValid()) {
        return Kind::Forbidden;
    }
    for (const char *page : {"http", "https", "mailto"}) {
        if (scheme == QLatin1StringView(page)) {
            return Kind::Page;
        }
    }
    const bool isServer = scheme == QLatin1StringView("ssh") || scheme == QLatin1StringView("sftp");
    return isServer && !url.host().isEmpty() && !url.host().startsWith(u'-') ? Kind::Server
                                                                             : Kind::Forbidden;
}

QString TerminalLinks::textAt(QPoint place) const
{
    const auto *spot
        = dynamic_cast<Konsole::RegExpFilter::HotSpot *>(m_terminal.getHotSpotAt(place));
    return spot == nullptr ? QString() : spot->capturedTexts().value(0);
}

QString TerminalLinks::openableAt(QPoint place, const QWidget &display) const
{
    const QString text = textAt(m_terminal.mapFromGlobal(display.mapToGlobal(place)));
    return text.isEmpty() || kindOf(urlOf(text)) == Kind::Forbidden ? QString() : text;
}

void TerminalLinks::fillMenu(QMenu &menu, QPoint place)
{
    const QString text = textAt(place);
    if (text.isEmpty()) {
        return;
    }
    QAction *first = menu.actions().value(0);
    const QUrl url = urlOf(text);
    if (kindOf(url) != Kind::Forbidden) {
        auto *openLink = new QAction(tr("&Open link"), &menu);
        connect(openLink, &QAction::triggered, this, [this, url] { open(url); });
        menu.insertAction(first, openLink);
    }
    auto *copyLink = new QAction(tr("Copy l&ink"), &menu);
    connect(copyLink, &QAction::triggered, this,
            [text] { QGuiApplication::clipboard()->setText(text); });
    menu.insertAction(first, copyLink);
    menu.insertSeparator(first);
}

// The widget also reports a plain click, with which one only wants the focus.
void TerminalLinks::handleActivation(const QUrl &url, bool isFromMenu)
{
    if (!isFromMenu && QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier)) {
        open(url);
    }
}

void TerminalLinks::open(const QUrl &url)
{
    switch (kindOf(url)) {
    case Kind::Forbidden:
        break;
    case Kind::Page:
        QDesktopServices::openUrl(url);
        break;
    case Kind::Server:
        emit serverActivated(url);
        break;
    }
}

} // namespace ui
