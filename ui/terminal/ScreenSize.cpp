#include "ui/terminal/ScreenSize.h"

#include <QCoreApplication>
#include <QResizeEvent>
#include <qtermwidget.h>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr QSize usualSize(80, 24); // columns and rows, as every terminal has had them
constexpr int smallestSide = 2; // cells
constexpr auto pause = 100ms; // a window that is being dragged changes at each step

} // namespace

ScreenSize::ScreenSize(QTermWidget &terminal, QWidget &display, QObject *parent)
    : QObject(parent)
    , m_terminal(terminal)
    , m_display(display)
{
    m_layout.setSingleShot(true);
    m_layout.setInterval(0ms); // after all that was posted: layouts are made anew by such events
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_layout, &QTimer::timeout, this, &ScreenSize::follow);
    connect(&m_pause, &QTimer::timeout, this, &ScreenSize::report);
    display.installEventFilter(this);
}

void ScreenSize::takeUsual()
{
    m_terminal.show(); // as far as its parent lets it: the sizes of hidden displays do not count
    m_display.show();
    m_terminal.setSize(usualSize);
    m_display.resize(m_display.sizeHint());
    m_hasPlace = true;
    QResizeEvent resized(m_display.size(), {});
    QCoreApplication::sendEvent(&m_display, &resized);
    m_hasPlace = false;
}

void ScreenSize::check()
{
    m_pause.start();
}

bool ScreenSize::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Hide:
        m_hasPlace = false;
        break;
    case QEvent::Show:
        m_layout.start();
        break;
    case QEvent::Resize:
        if (!m_hasPlace) {
            return true;
        }
        check(); // the display has not computed its cells yet
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void ScreenSize::follow()
{
    if (!m_display.isVisible()) {
        return;
    }
    m_hasPlace = true;
    QResizeEvent resized(m_display.size(), m_display.size());
    QCoreApplication::sendEvent(&m_display, &resized);
}

void ScreenSize::report()
{
    const QSize size(m_terminal.screenColumnsCount(), m_terminal.screenLinesCount());
    if (m_hasPlace && size.width() >= smallestSide && size.height() >= smallestSide
        && size != m_reported) {
        m_reported = size;
        emit changed(size.width(), size.height());
    }
}

} // namespace ui
