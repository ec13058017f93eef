// Why there are no files of a server, though there is a connection, in words.

#pragma once

#include "ui/errors/ErrorText.h"

namespace ui {

// `server` is what the user calls it, safe to show.
ErrorText filesEndText(const base::Error &error, const QString &server);

} // namespace ui
