// What a verb says on standard error, each line led by the name of the program.

#pragma once

#include "base/Error.h"

#include <QString>

namespace app {

// Exit statuses of all verbs.
enum class ExitStatus { Success = 0, SomeFailed = 1, Usage = 2, ConnectionFailed = 255 };

// `sentence` is text of ours, or has been through base::displayText().
void report(const QString &sentence);

// What failed, why and what to do; the other side's words in a line of their own.
void report(const base::Error &error);

// Of get, put and ls after this error.
int exitStatusOf(const base::Error &error);

// As a shell counts: 128 and the number of the signal.
int exitStatusOfSignal(int signal);

} // namespace app
