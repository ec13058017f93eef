// What a verb says on standard error, each line led by the name of the program.

#pragma once

#include "base/Error.h"
#include "ssh/LoginTrace.h"
#include "transfer/TransferRequest.h"

#include <QString>

namespace app {

// Exit statuses of all verbs.
enum class ExitStatus { Success = 0, SomeFailed = 1, Usage = 2, ConnectionFailed = 255 };

// `sentence` is text of ours, or has been through base::displayText().
void report(const QString &sentence);

// What failed, why and what to do; the other side's words in a line of their own.
void report(const base::Error &error);

void report(const transfer::FileFailure &failure);

// The same for the end of a connection, with the login in short if that was not done.
void report(const base::Error &error, const ssh::LoginTrace &trace);

// Every attempt of a login, a line each.
void report(const ssh::LoginTrace &trace);

// Of get, put and ls after this error.
int exitStatusOf(const base::Error &error);

// As a shell counts: 128 and the number of the signal.
int exitStatusOfSignal(int signal);

} // namespace app
