#include "ui/connect/LostOptionsSheet.h"

#include "base/DisplayText.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr qsizetype mostVisibleLines = 12;

} // namespace

LostOptionsSheet::LostOptionsSheet(const QString &alias, const QStringList &lines, QWidget *parent)
    : Sheet(parent)
{
    setObjectName(QStringLiteral("lostOptionsSheet"));
    const QString title
        = tr("Settings of %1 that have no effect here").arg(base::displayText(alias));
    setAccessibleName(title);
    auto *list
        = new QPlainTextEdit(base::displayText(lines.join(u'\n'), base::LineBreaks::Keep), this);
    list->setObjectName(QStringLiteral("lostOptions"));
    list->setAccessibleName(title);
    list->setReadOnly(true);
    list->setTabChangesFocus(true);
    list->setLineWrapMode(QPlainTextEdit::NoWrap);
    const qsizetype shown = std::min(lines.size(), mostVisibleLines) + 2;
    list->setFixedHeight(list->fontMetrics().lineSpacing() * static_cast<int>(shown));
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("lostOptionsClose"));
    connect(close, &QPushButton::clicked, this, &Sheet::cancel);
    setFocusProxy(close);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addWidget(
        new PlainLabel(tr("OpenSSH's configuration sets them; Ponto connects without."),
                       PlainLabel::Role::Text, this));
    layout->addWidget(list);
    layout->addLayout(buttons);
}

} // namespace ui
