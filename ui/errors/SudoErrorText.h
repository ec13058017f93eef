// SudoErrorText: why the files of a server could not be had as another user, in words for people.
// Needs no window.

#pragma once

#include "ui/errors/ErrorText.h"

namespace ui {

// What sftp::Client::closed() says of a client that runs as `user` on the server `host`. Both are
// safe to show.
ErrorText sudoErrorText(const base::Error &error, const QString &user, const QString &host);

} // namespace ui
