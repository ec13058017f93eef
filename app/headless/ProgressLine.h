// ProgressLine: how far a copy is, in one line of the terminal that is written over and over.
// Nothing appears if standard error is no terminal.

#pragma once

#include "transfer/TransferRequest.h"

#include <QString>

namespace app {

class ProgressLine
{
public:
    ProgressLine();

    void show(const transfer::Progress &progress);

    // Before anything else is written, and at the end.
    void clear();

private:
    bool m_isTerminal;
    bool m_isShown = false;
};

// "42 %, 12.3 MB of 29.1 MB, 5.1 MB/s, 0:04 left, report.txt". Safe to print.
QString progressText(const transfer::Progress &progress);

} // namespace app
