#include "ui/widgets/NoticeBar.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace ui {

NoticeBar::NoticeBar(Theme::Meaning meaning, QWidget *parent)
    : Panel(meaning, parent)
    , m_label(new PlainLabel({}, PlainLabel::Role::Text, this))
    , m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_button->setObjectName(QStringLiteral("noticeAction"));
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("noticeClose"));
    close->setIcon(Icons::icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close"));
    close->setAutoRaise(true);

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_button);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const std::function<void()> action = std::exchange(m_action, {});
        dismiss();
        if (action) {
            action();
        }
    });
    hide();
}

void NoticeBar::showNotice(const QString &text)
{
    showNotice(text, {}, {});
}

void NoticeBar::showNotice(const QString &text, const QString &button, std::function<void()> action)
{
    m_label->setText(text);
    setAccessibleName(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    show();
}

void NoticeBar::dismiss()
{
    m_action = {};
    hide();
}

} // namespace ui
