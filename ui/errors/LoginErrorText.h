// A login that failed, in words: what was tried and what the server would take. Used by the banner
// of a connection and by the verbs.

#pragma once

#include "ssh/LoginTrace.h"
#include "ui/errors/ErrorText.h"

namespace ui {

// As errorText(), and for a refused login with the methods by name. If the connection ended before
// the login was done, the details hold the whole trace.
ErrorText loginErrorText(const base::Error &error, const ssh::LoginTrace &trace);

// "a key", "the password": a method of RFC 4252 for people; another name as it is, safe to show.
QString loginMethodText(const QString &method);

} // namespace ui
