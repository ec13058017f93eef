// reason(): why a result failed, for the second argument of QVERIFY2, which is evaluated even if
// the result holds a value.

#pragma once

#include "base/Result.h"

#include <QByteArray>

namespace tests {

// "operation subject: detail" in UTF-8; empty for a value.
template<typename T>
QByteArray reason(const base::Result<T> &result)
{
    if (result) {
        return {};
    }
    const base::Error &error = result.error();
    return (error.operation + u' ' + error.subject + QStringLiteral(": ") + error.detail).toUtf8();
}

} // namespace tests
