// What sync says of what it would do, of what it did and of what it could not do.

#pragma once

#include "synchronize/SyncRun.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace app {

// A line for each action: "create", "replace", "remove", "refuse" or "unreadable" and the path; in
// both directions "upload" or "download" instead of the first two.
QByteArray planLines(const synchronize::SyncPlan &plan, synchronize::Side local);

// An array of objects with "action" and "path", and "to": "here" or "server".
QByteArray planJson(const synchronize::SyncPlan &plan, synchronize::Side local);

// Why there is no action, a sentence for each such row.
QStringList refusals(const synchronize::SyncPlan &plan);

// Of one round of --watch: a line, or an object as above.
QByteArray roundLine(const synchronize::RunSummary &summary);
QByteArray roundJson(const synchronize::RunSummary &summary);

// "removed" is there if something was to be.
QByteArray summaryJson(const synchronize::RunSummary &summary, const synchronize::SyncPlan &plan);

} // namespace app
