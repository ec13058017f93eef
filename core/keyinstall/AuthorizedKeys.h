// What stands in an authorized_keys file (sshd(8), AUTHORIZED_KEYS FILE FORMAT): pure functions on
// its bytes.

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace keyinstall {

// True if a line lets the key `blob` (RFC 4253 section 6.6) log in, whatever options restrict it.
// A line for certificates of that key's making does not.
bool holdsKey(QByteArrayView content, QByteArrayView blob);

// What has to be written behind `content` so that `line` is a line of its own. `line` has no line
// break.
QByteArray addition(QByteArrayView content, QByteArrayView line);

} // namespace keyinstall
