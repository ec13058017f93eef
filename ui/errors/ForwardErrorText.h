// What is wrong with a forward, in words: one that was typed, one that does not listen, and a
// client that was not served. Used by the window and the verb.

#pragma once

#include "base/Error.h"
#include "profiles/Forward.h"

#include <QString>

namespace ui {

// One sentence on what was typed.
QString forwardErrorText(profiles::ForwardError error);

// Why it does not listen, and what to do. `freePort` is one to take instead, or 0.
QString forwardFailureText(const profiles::Forward &forward, const base::Error &failure,
                           quint16 freePort);

// Why a client was not served, one sentence.
QString forwardRefusalText(const profiles::Forward &forward, const base::Error &refusal);

// That others than this computer, or the server, can connect to it; empty if they cannot.
QString forwardWarningText(const profiles::Forward &forward);

} // namespace ui
