#include "app/SelectionTimes.h"

#include <QByteArray>
#include <QtEndian>

#include <cstddef>

namespace app {
namespace {

// X Window System Protocol, appendix B: codes of events, and where their time is.
constexpr quint8 propertyNotify = 28;
constexpr quint8 selectionRequest = 30;
constexpr quint8 sentByClient = 0x80;
constexpr size_t propertyTime = 12;
constexpr size_t requestTime = 4;

// Much longer than an event is on its way.
constexpr qint32 mostAhead = 60 * 60 * 1000;

} // namespace

bool SelectionTimes::nativeEventFilter(const QByteArray &eventType, void *message, qintptr *)
{
    if (eventType != "xcb_generic_event_t") {
        return false;
    }
    auto *event = static_cast<uchar *>(message);
    const quint8 code = event[0] & ~sentByClient;
    if (code == propertyNotify && (event[0] & sentByClient) == 0) { // from the server itself
        m_now = qFromUnaligned<quint32>(event + propertyTime);
    } else if (code == selectionRequest && m_now) {
        const auto time = qFromUnaligned<quint32>(event + requestTime);
        if (static_cast<qint32>(time - *m_now) > mostAhead) {
            qToUnaligned<quint32>(0, event + requestTime);
        }
    }
    return false;
}

} // namespace app
