// What happened to a connection or a login, in words. Used by ErrorText.

#pragma once

#include "base/Error.h"

#include <QString>

namespace ui {

struct ConnectionExplanation
{
    QString why;
    QString advice; // empty if there is none
};

bool isOfConnection(base::ErrorKind kind);

// The connection stood, and ended by this; else it was never there.
bool endedConnection(const base::Error &error);

// What it quotes of the other side's words is short, and safe to show as plain text.
ConnectionExplanation explainConnection(const base::Error &error);

} // namespace ui
