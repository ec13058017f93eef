#include "ui/terminal/SplitLayout.h"

#include <QJsonArray>
#include <QSplitter>

#include <algorithm>

namespace ui {
namespace {

constexpr QLatin1StringView orientationField("orientation");
constexpr QLatin1StringView sizesField("sizes");
constexpr QLatin1StringView partsField("parts");
constexpr QLatin1StringView vertical("vertical");
constexpr int mostTerminals = 16;
constexpr int deepest = 8;
constexpr int largestSize = 100'000;

SplitLayout parsed(const QJsonObject &object, int depth, int &terminals)
{
    SplitLayout layout;
    const QJsonArray parts = object.value(partsField).toArray();
    const QJsonArray sizes = object.value(sizesField).toArray();
    if (parts.size() < 2 || depth > deepest) {
        ++terminals;
        return layout;
    }
    layout.orientation
        = object.value(orientationField).toString() == vertical ? Qt::Vertical : Qt::Horizontal;
    for (qsizetype index = 0; index < parts.size() && terminals < mostTerminals; ++index) {
        layout.parts.append(parsed(parts.at(index).toObject(), depth + 1, terminals));
        layout.sizes.append(std::clamp(sizes.at(index).toInt(1), 1, largestSize));
    }
    return layout;
}

} // namespace

SplitLayout SplitLayout::of(const QSplitter &splitter, const QHash<QSplitter *, QList<int>> &sizes)
{
    SplitLayout layout;
    layout.orientation = splitter.orientation();
    layout.sizes = sizes.value(const_cast<QSplitter *>(&splitter), splitter.sizes());
    for (int index = 0; index < splitter.count(); ++index) {
        const auto *inner = qobject_cast<const QSplitter *>(splitter.widget(index));
        layout.parts.append(inner == nullptr ? SplitLayout() : of(*inner, sizes));
    }
    return layout;
}

SplitLayout SplitLayout::fromJson(const QJsonObject &object)
{
    int terminals = 0;
    return parsed(object, 0, terminals);
}

QJsonObject SplitLayout::toJson() const
{
    if (parts.size() < 2) {
        return {};
    }
    QJsonArray partArray;
    QJsonArray sizeArray;
    for (qsizetype index = 0; index < parts.size(); ++index) {
        partArray.append(parts.at(index).toJson());
        sizeArray.append(sizes.value(index, 1));
    }
    QJsonObject object{{partsField, partArray}, {sizesField, sizeArray}};
    if (orientation == Qt::Vertical) {
        object.insert(orientationField, vertical);
    }
    return object;
}

int SplitLayout::weight(const QWidget *part, Qt::Orientation orientation)
{
    const auto *splitter = qobject_cast<const QSplitter *>(part);
    if (splitter == nullptr) {
        return 1;
    }
    int sum = 0;
    int most = 0;
    for (int index = 0; index < splitter->count(); ++index) {
        const int one = weight(splitter->widget(index), orientation);
        sum += one;
        most = std::max(most, one);
    }
    return splitter->orientation() == orientation ? sum : most;
}

} // namespace ui
