// Why OpenSSH's configuration could not be used for an alias, in words.

#pragma once

#include "ui/errors/ErrorText.h"

namespace ui {

// For the failures of profiles::OpenSshConfig::resolve() and ssh::settingsForOpenSsh().
ErrorText openSshErrorText(const base::Error &error, const QString &alias);

} // namespace ui
