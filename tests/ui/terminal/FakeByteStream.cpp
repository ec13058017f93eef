#include "FakeByteStream.h"

void FakeByteStream::supply(const QByteArray &bytes)
{
    m_pending += bytes;
    sendMore();
}

qsizetype FakeByteStream::write(QByteArrayView data)
{
    const qsizetype accepted = qMin(room, data.size());
    room -= accepted;
    written += data.first(accepted);
    return accepted;
}

void FakeByteStream::resize(int columns, int rows)
{
    size = QSize(columns, rows);
}

void FakeByteStream::consumed(qsizetype bytes)
{
    outstanding -= bytes;
    if (!m_isScheduled) { // from the event loop, as from another thread
        m_isScheduled = true;
        QMetaObject::invokeMethod(this, &FakeByteStream::sendMore, Qt::QueuedConnection);
    }
}

void FakeByteStream::sendMore()
{
    constexpr qsizetype pieceBytes = 32 * 1024;
    m_isScheduled = false;
    while (!m_pending.isEmpty() && outstanding < window) {
        const QByteArray piece
            = m_pending.first(qMin(qMin(pieceBytes, window - outstanding), m_pending.size()));
        m_pending.remove(0, piece.size());
        outstanding += piece.size();
        mostOutstanding = qMax(mostOutstanding, outstanding);
        emit received(piece);
    }
}
