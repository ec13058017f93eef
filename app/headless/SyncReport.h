// What sync says of what it would do, of what it did and of what it could not do.

#pragma once

#include "synchronize/SyncRun.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace app {

// From where to where a plan leads from its left to its right side.
enum class SyncSides {
    Upload,
    Download,
    BetweenServers,
};

// A line for each action: "create", "replace", "remove", "refuse" or "unreadable" and the path; in
// both directions "upload" or "download" instead of the first two, or between two servers
// "to-source" or "to-target". Why something is refused tells refusals().
QByteArray planLines(const synchronize::SyncPlan &plan, SyncSides sides);

// An array of objects with "action" and "path", and "to": "here" or "server", or between two
// servers "source" or "target"; where there is no action, "reason": a sentence.
QByteArray planJson(const synchronize::SyncPlan &plan, SyncSides sides);

// Why there is no action, a sentence for each such row.
QStringList refusals(const synchronize::SyncPlan &plan);

// Of one round of --watch: a line, or an object as above.
QByteArray roundLine(const synchronize::RunSummary &summary);
QByteArray roundJson(const synchronize::RunSummary &summary);

// "removed" is there if something was to be.
QByteArray summaryJson(const synchronize::RunSummary &summary, const synchronize::SyncPlan &plan);

} // namespace app
