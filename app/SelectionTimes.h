// SelectionTimes: keeps the clipboard alive on X11 where another program asks for dragged files
// with a time that is none of the X server's.
//
// Qt 6.8 takes the latest time that it has seen in any event for the present (QXcbConnection::
// setTime()), and file managers of libfm (PCManFM) ask with the seconds since 1970: from then on
// the X server refuses the clipboard to Qt, for a time that has not come yet. Such a request is
// given the time that stands for "now" (CurrentTime in ICCCM, section 2.2), which Qt leaves alone.

#pragma once

#include <QAbstractNativeEventFilter>

#include <optional>

namespace app {

// Install it into the application, on the UI thread. Does nothing on Wayland.
class SelectionTimes final : public QAbstractNativeEventFilter
{
public:
    bool nativeEventFilter(const QByteArray &eventType, void *message, qintptr *result) override;

private:
    std::optional<quint32> m_now; // of the X server, in ms; wraps around after 49.7 days
};

} // namespace app
