#include "ui/archive/PastLogDelegate.h"

#include "base/DisplayText.h"
#include "ui/archive/PastLogModel.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace ui {
namespace {

using archive::LogMatch;

constexpr int gap = 4; // pixels, around and between what stands in a row
constexpr qsizetype before = 60; // characters that are shown before the first found word
constexpr qsizetype longest = 400; // characters of a line

// One line of a row, with the parts of it that are bold.
struct Line
{
    QString text;
    QList<LogMatch::Range> bold;
};

QString safe(QString text)
{
    return base::displayText(text.replace(u'\t', u' '));
}

QString neighbor(const QString &text)
{
    return safe(text.left(longest));
}

// Of a long line the part around what was found. Characters that are shown as escapes are longer.
Line lineOf(const LogMatch &match)
{
    const qsizetype first = match.found.isEmpty() ? 0 : match.found.first().begin;
    const qsizetype begin = first > before * 2 ? first - before : 0;
    const qsizetype end = std::min(match.text.size(), begin + longest);
    Line line;
    line.text = begin > 0 ? QStringLiteral("…") : QString();
    qsizetype place = begin;
    for (const LogMatch::Range &range : match.found) {
        const qsizetype stop = std::min(range.begin + range.length, end);
        if (range.begin < place || stop <= range.begin) {
            continue;
        }
        line.text += safe(match.text.sliced(place, range.begin - place));
        const QString found = safe(match.text.sliced(range.begin, stop - range.begin));
        line.bold.append({line.text.size(), found.size()});
        line.text += found;
        place = stop;
    }
    line.text += safe(match.text.sliced(place, end - place));
    return line;
}

void paintLine(QPainter &painter, const Line &line, const QRect &place, const QFont &font)
{
    QTextLayout layout(line.text, font);
    QList<QTextLayout::FormatRange> formats;
    for (const LogMatch::Range &range : line.bold) {
        QTextLayout::FormatRange format;
        format.start = static_cast<int>(range.begin);
        format.length = static_cast<int>(range.length);
        format.format.setFontWeight(QFont::Bold);
        format.format.setFontUnderline(true);
        formats.append(format);
    }
    layout.setFormats(formats);
    QTextOption option(Qt::AlignLeft);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine only = layout.createLine();
    only.setLineWidth(place.width());
    layout.endLayout();
    painter.save();
    painter.setClipRect(place);
    layout.draw(&painter, place.topLeft());
    painter.restore();
}

int linesIn(const PastLogModel::Row &row)
{
    return std::holds_alternative<LogMatch>(row) ? 3 : 1;
}

} // namespace

void PastLogDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const auto *model = qobject_cast<const PastLogModel *>(index.model());
    const PastLogModel::Row *row = model == nullptr ? nullptr : model->row(index);
    if (row == nullptr) {
        return;
    }
    QStyleOptionViewItem empty = option;
    initStyleOption(&empty, index);
    empty.text.clear();
    const QStyle *style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor text
        = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor subtle = isSelected ? text : Theme::color(Theme::Meaning::Subtle, option.palette);
    QFont bold = option.font;
    bold.setBold(true);
    QRect place = option.rect.adjusted(2 * gap, gap, -2 * gap, 0);
    const auto next = [&](const Line &line, const QFont &font, const QColor &color) {
        place.setHeight(QFontMetrics(font).height());
        painter->setPen(color);
        paintLine(*painter, line, place, font);
        place.translate(0, place.height() + gap / 2);
    };
    next({PastLogModel::heading(*row), {}}, bold, text);
    const auto *match = std::get_if<LogMatch>(row);
    if (match == nullptr) {
        next({PastLogModel::about(PastLogModel::logOf(*row)), {}}, option.font, subtle);
        return;
    }
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    next({neighbor(match->before), {}}, fixed, subtle);
    next(lineOf(*match), fixed, text);
    next({neighbor(match->after), {}}, fixed, subtle);
}

QSize PastLogDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const PastLogModel *>(index.model());
    const PastLogModel::Row *row = model == nullptr ? nullptr : model->row(index);
    if (row == nullptr) {
        return QStyledItemDelegate::sizeHint(option, index);
    }
    QFont bold = option.font;
    bold.setBold(true);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const bool isMatch = std::holds_alternative<LogMatch>(*row);
    const int line = QFontMetrics(isMatch ? fixed : option.font).height() + gap / 2;
    return {0, QFontMetrics(bold).height() + linesIn(*row) * line + 3 * gap};
}

} // namespace ui
