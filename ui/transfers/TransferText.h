// What the transfer panel says of a transfer, in words: safe to show as plain text.

#pragma once

#include "transfer/TransferRequest.h"

#include <QString>

namespace ui {

// "report.txt" or "report.txt and 3 more".
QString transferTitle(const transfer::TransferRequest &request);

// "12.0 MB of 40.0 MB · 3.4 MB/s · 8 s left"; what is not known yet is left out.
QString progressText(const transfer::Progress &progress);

// "12 files copied, 2 skipped" or "3 of 200 failed".
QString resultText(const base::Result<transfer::Summary> &result);

// One line for each file that failed and why, or was copied in a way that should be known; empty if
// there are none.
QString failureText(const base::Result<transfer::Summary> &result);

// "8 s", "3 min 05 s", "2 h 10 min".
QString durationText(std::chrono::seconds duration);

} // namespace ui
