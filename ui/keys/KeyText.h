// Keys in words, for the list and the line below it.

#pragma once

#include "keys/Certificate.h"

#include <QString>

namespace ui {

QString keyTypeOf(const QByteArray &blob); // "ED25519, 256 bits"; empty if not known
QString modeText(quint32 mode); // "0600"
QString certificateSummary(const keys::Certificate &certificate); // "valid until 12.03.2027"

// "Certificate "id" for ann, bob: valid until ..., signed by SHA256:..."
QString certificateSentence(const keys::Certificate &certificate);

} // namespace ui
