// SecretString: a password, a passphrase or the bytes of a private key. It is wiped when its last
// copy dies and can not be logged.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

class QDebug;

namespace base {

// Copies share one buffer, so that handing a secret to another thread does not multiply it.
class SecretString
{
public:
    SecretString() = default;

    // Takes UTF-8, or any bytes, and wipes `text`, which must not be shared with another
    // QByteArray.
    static SecretString fromUtf8(QByteArray &&text);

    // Takes the text of an input field. The field's own copies are Qt's and can not be wiped.
    static SecretString fromText(const QString &text);

    bool isEmpty() const;

    // UTF-8, zero-terminated, valid as long as a copy of this secret lives. Do not copy it.
    const char *utf8() const;
    qsizetype size() const;

    // Valid as long as a copy of this secret lives. Do not copy them.
    QByteArrayView bytes() const { return {utf8(), size()}; }

private:
    class Buffer;
    // Shared: the same secret waits in a prompt's answer, in a connection and in its twin for bulk
    // data.
    std::shared_ptr<const Buffer> m_buffer;
};

// Prints a placeholder, so that a secret inside a logged struct stays one.
QDebug operator<<(QDebug debug, const SecretString &secret);

} // namespace base
