#include "ui/widgets/PlainLabel.h"

#include "ui/theme/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>

#include <algorithm>

namespace ui {
namespace {

constexpr int longestWord = 30; // characters that always have room

} // namespace

PlainLabel::PlainLabel(const QString &text, Role role, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    switch (role) {
    case Role::Title: {
        QFont title = font();
        title.setBold(true);
        title.setPointSizeF(title.pointSizeF() * 1.15);
        setFont(title);
        setWordWrap(true);
        break;
    }
    case Role::Text:
    case Role::Subtle:
    case Role::Danger:
        setWordWrap(true);
        break;
    case Role::Code:
        setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        [[fallthrough]];
    case Role::Value:
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        break;
    }
    followPalette();
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    const int longest = fontMetrics().averageCharWidth() * longestWord;
    return wordWrap() ? QSize(std::min(hint.width(), longest), hint.height()) : hint;
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) {
        followPalette();
    }
}

void PlainLabel::followPalette()
{
    if (m_role != Role::Subtle && m_role != Role::Danger) {
        return;
    }
    const auto meaning = m_role == Role::Subtle ? Theme::Meaning::Subtle : Theme::Meaning::Danger;
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, Theme::color(meaning, QApplication::palette()));
    setPalette(colored);
}

} // namespace ui
