// WireWriter: puts the fields of an SSH message together, the counterpart of WireReader.

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace base {

// Calls are chained: `WireWriter().byte(type).string(name).take()`.
class WireWriter
{
public:
    WireWriter &byte(quint8 value);
    WireWriter &boolean(bool value);
    WireWriter &uint32(quint32 value);
    WireWriter &uint64(quint64 value);

    // A length (uint32) and the bytes.
    WireWriter &string(QByteArrayView value);

    // The bytes without a length in front.
    WireWriter &bytes(QByteArrayView value);

    // Room for secrets: a buffer that has to grow leaves a copy behind that nobody wipes.
    WireWriter &reserve(qsizetype bytes);

    qsizetype size() const { return m_bytes.size(); }

    // What was written; the writer is empty afterwards.
    QByteArray take();

private:
    template<typename Integer>
    WireWriter &integer(Integer value);

    QByteArray m_bytes;
};

} // namespace base
