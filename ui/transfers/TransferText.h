// What the transfer panel says of a transfer, in words: safe to show as plain text.

#pragma once

#include "transfer/TransferRequest.h"

#include <QString>

#include <chrono>
#include <optional>

namespace ui {

// "report.txt" or "report.txt and 3 more".
QString transferTitle(const transfer::TransferRequest &request);

// "Upload of report.txt", for a screen reader.
QString transferDescription(const transfer::TransferRequest &request);

// Which server it is for, "web01"; "db02 → web01" between two.
QString serversText(const transfer::TransferRequest &request, const QString &server);

// What it waits for, where nobody connects by itself.
QString connectionText(const transfer::TransferRequest &request);

// "12.0 MB of 40.0 MB · 3.4 MB/s · 8 s left"; what is not known yet is left out.
QString progressText(const transfer::Progress &progress);

// "12.0 MB of 40.0 MB · waits for your answer": while a question is open.
QString questionText(const transfer::Progress &progress);

// "a.iso · 3.0 MB of 12.0 MB", for a transfer of several files; empty while nothing moves.
QString currentFileText(const transfer::Progress &progress);

// "Paused at 3.0 MB of 12.0 MB"; "Paused" if nothing is known yet.
QString pausedText(const transfer::Progress &progress);

// "Waiting to reconnect (5 s)"; 0: it is being tried now; absent: nobody tries by itself.
QString interruptionText(const std::optional<std::chrono::seconds> &nextTry);

// "12 files copied, 2 skipped" or "3 of 200 failed: Permission was denied.", which is why the first
// of them did.
QString resultText(const base::Result<transfer::Summary> &result);

// One line for each file that failed, why, and what to do, or was copied in a way that should be
// known; empty if there are none.
QString failureText(const transfer::TransferRequest &request,
                    const base::Result<transfer::Summary> &result);

// "8 s", "3 min 05 s", "2 h 10 min".
QString durationText(std::chrono::seconds duration);

} // namespace ui
