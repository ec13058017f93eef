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

// False if the connection was lost before there was one.
bool wasConnected(base::ErrorCause cause);

// What it quotes of the other side's words is short, and safe to show as plain text.
ConnectionExplanation explainConnection(const base::Error &error);

} // namespace ui
