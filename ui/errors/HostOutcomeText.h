// What came of a command on one of many hosts, in words.

#pragma once

#include "commands/HostCommand.h"

#include <QString>

#include <chrono>

namespace ui {

// Why a host of a batch was not begun.
struct NotBegunReason
{
    bool isCancelled = false; // by the user
    bool hasCanaryFailed = false; // a host that went first; if neither: too many had failed
    qsizetype failures = 0; // that were enough
};

// Why there is no exit status, in a sentence; empty if the command ended, and the server said how.
QString hostOutcomeText(const commands::HostOutcome &outcome, std::chrono::milliseconds timeLimit,
                        const NotBegunReason &notBegun);

} // namespace ui
