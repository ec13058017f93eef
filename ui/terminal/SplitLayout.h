// SplitLayout: how the terminals of a tab stand beside and above each other, as a value that can be
// kept. Made and used by TerminalSplits.

#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <Qt>

class QSplitter;
class QWidget;

namespace ui {

struct SplitLayout
{
    Qt::Orientation orientation = Qt::Horizontal;
    QList<int> sizes; // of the parts: only their proportions mean something
    QList<SplitLayout> parts; // none: a terminal

    // `sizes` are those of splitters whose parts are not as large as they usually are.
    static SplitLayout of(const QSplitter &splitter, const QHash<QSplitter *, QList<int>> &sizes);

    // How many terminals stand side by side in a part of such a splitter.
    static int weight(const QWidget *part, Qt::Orientation orientation);

    // Whatever a file may hold: at most 16 terminals, and a single one if it makes no sense.
    static SplitLayout fromJson(const QJsonObject &object);
    QJsonObject toJson() const; // empty for a single terminal

    friend bool operator==(const SplitLayout &, const SplitLayout &) = default;
};

} // namespace ui
