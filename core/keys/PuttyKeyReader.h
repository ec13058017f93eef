// PuttyKeyReader: the lines of a PuTTY key file, "Name: value" and base64. Used by PuttyKey alone.

#pragma once

#include "base/SecretString.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace keys {

// Lines end with LF, CR or both, as PuTTY reads them. What is not as asked for returns nothing, and
// then nothing more does.
class PuttyKeyReader
{
public:
    explicit PuttyKeyReader(QByteArrayView text)
        : m_rest(text)
    {
    }

    // The value of the next line, whose name must be `name`.
    std::optional<QByteArray> value(QByteArrayView name);

    // A decimal number in [1, most].
    std::optional<quint32> number(QByteArrayView name, quint32 most);

    // Bytes written in hexadecimal digits.
    std::optional<QByteArray> hexBytes(QByteArrayView name);

    // The base64 lines whose number is the value of the next line.
    std::optional<base::SecretString> block(QByteArrayView name);

private:
    std::optional<QByteArrayView> line();

    QByteArrayView m_rest;
    bool m_isBroken = false;
};

} // namespace keys
