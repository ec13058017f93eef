#include "ui/transfers/FailureLabel.h"

#include "ui/theme/Theme.h"

#include <QPainter>
#include <QStyle>

namespace ui {
namespace {

constexpr int leastCharacters = 12;

} // namespace

FailureLabel::FailureLabel(const QString &text, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setToolTip(QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped()));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize FailureLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * leastCharacters, QLabel::minimumSizeHint().height()};
}

void FailureLabel::paintEvent(QPaintEvent *)
{
    const QRect room = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, room.width());
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, Theme::color(Theme::Meaning::Danger, palette()));
    QPainter painter(this);
    style()->drawItemText(&painter, room,
                          int(QStyle::visualAlignment(layoutDirection(), alignment())), colored,
                          isEnabled(), shown, QPalette::WindowText);
}

} // namespace ui
