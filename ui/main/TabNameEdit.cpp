#include "ui/main/TabNameEdit.h"

#include <QKeyEvent>
#include <QTabBar>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr int longestName = 80;
constexpr int leastCharacters = 20;

} // namespace

TabNameEdit::TabNameEdit(QTabBar &bar, int index, const QString &name)
    : QLineEdit(name, &bar)
{
    setObjectName(QStringLiteral("tabNameEdit"));
    setAccessibleName(tr("Name of the tab"));
    setMaxLength(longestName);
    setPlaceholderText(bar.tabText(index));
    QRect place = bar.tabRect(index);
    place.setWidth(std::max(place.width(), fontMetrics().averageCharWidth() * leastCharacters));
    place.moveLeft(std::clamp(place.left(), 0, std::max(0, bar.width() - place.width())));
    setGeometry(place);
    show();
    raise();
    selectAll();
    setFocus(Qt::OtherFocusReason);
}

void TabNameEdit::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        finish(false);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        finish(true);
        break;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void TabNameEdit::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        finish(true);
    }
}

void TabNameEdit::finish(bool keep)
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    if (keep) {
        emit named(text().simplified());
    }
    hide();
    deleteLater();
}

} // namespace ui
