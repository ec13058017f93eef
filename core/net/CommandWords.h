// A command as people write it, taken apart into words as a POSIX shell would, without one.

#pragma once

#include "base/Result.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace net {

enum class CommandProblem {
    Empty,
    OpenQuote, // a quotation mark or a backslash has nothing to end it
    NeedsShell, // pipes, variables, wildcards: what only a shell can do
};

// Quotes, backslashes and "~/" as in XCU sections 2.2 and 2.6.1 of POSIX; an "exec" in front, which
// means something to a shell alone, is dropped.
base::Result<QStringList, CommandProblem> commandWords(QStringView text);

} // namespace net
