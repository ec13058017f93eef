// Words for what a comparison has found and for what is done about it. Used by the window that
// synchronizes.

#pragma once

#include "synchronize/SyncPlan.h"
#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "ui/errors/ErrorText.h"
#include "ui/synchronize/SyncEnd.h"

#include <QString>

namespace ui {

// Of the window: "Synchronize this computer and web01".
QString titleText(const SyncEnds &ends);

// "Newer at the left", or why it can not be read.
QString differenceText(const synchronize::TreeRow &row);

// What an action does to that row, as the entry of a menu: "Delete at the right".
QString actionText(synchronize::Action action);

// "12 files (3 replaced, 34 MB), 2 folders, 1 deleted"; empty if nothing is done there.
QString sumsText(const synchronize::SyncSums &sums);

// What is done on each side, in sentences: "On web01: 12 files (34 MB). Undecided: 2."
QString planText(const synchronize::SyncPlan &plan, const SyncEnds &ends);

// What is deleted, with some of the names, a sentence for each side; empty if it is nothing.
QString deletionText(const synchronize::SyncPlan &plan, const SyncEnds &ends);

// What should be thought over before that is done, in sentences: what is deleted, and the caution
// of each side that changes. Empty: nothing.
QString consequencesText(const synchronize::SyncPlan &plan, const SyncEnds &ends);

QString progressText(const synchronize::ComparisonProgress &progress);
QString progressText(const synchronize::RunProgress &progress);

// 0 to 1.
double doneFraction(const synchronize::RunProgress &progress);

// "3 files copied (34 MB), 1 deleted".
QString summaryText(const synchronize::RunSummary &summary);

ErrorText emptyFolderText(); // a field for one is empty
ErrorText overlapText(); // the two are not apart

} // namespace ui
