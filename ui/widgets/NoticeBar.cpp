#include "ui/widgets/NoticeBar.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace ui {
namespace {

constexpr qsizetype foldedLines = 3;
constexpr qsizetype foldedCharacters = 300;
constexpr int wholeLines = 10;

QString beginningOf(const QString &text)
{
    const QString lines = text.section(u'\n', 0, foldedLines - 1);
    return lines.left(foldedCharacters);
}

} // namespace

NoticeBar::NoticeBar(Theme::Meaning meaning, QWidget *parent)
    : Panel(meaning, parent)
    , m_label(new PlainLabel({}, PlainLabel::Role::Text, this))
    , m_fold(new QToolButton(this))
    , m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_button->setObjectName(QStringLiteral("noticeAction"));
    m_fold->setObjectName(QStringLiteral("noticeFold"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    connect(m_fold, &QToolButton::toggled, this, &NoticeBar::showWhole);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("noticeClose"));
    close->setIcon(Icons::icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close"));
    close->setAutoRaise(true);

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    layout->addWidget(m_fold, 0, Qt::AlignTop);
    layout->addWidget(close, 0, Qt::AlignTop);
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
    const QString beginning = beginningOf(text);
    const bool isLong = beginning.size() < text.size();
    m_label->setText(isLong ? beginning + QStringLiteral(" …") : text);
    setWhole(isLong ? text : QString());
    m_fold->setVisible(isLong);
    m_fold->setChecked(false);
    showWhole(false);
    setAccessibleName(m_label->text());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    show();
}

// The field takes its time, and few bars ever show it.
void NoticeBar::setWhole(const QString &text)
{
    if (m_whole == nullptr) {
        if (text.isEmpty()) {
            return;
        }
        m_whole = new QPlainTextEdit(this);
        m_whole->setObjectName(QStringLiteral("noticeWhole"));
        m_whole->setAccessibleName(tr("Whole text"));
        m_whole->setReadOnly(true);
        m_whole->setTabChangesFocus(true);
        m_whole->setFixedHeight(m_whole->fontMetrics().lineSpacing() * wholeLines);
        static_cast<QBoxLayout *>(layout())->insertWidget(1, m_whole, 1);
    }
    m_whole->setPlainText(text);
}

void NoticeBar::showWhole(bool shown)
{
    m_label->setVisible(!shown);
    if (m_whole != nullptr) {
        m_whole->setVisible(shown);
    }
    m_fold->setText(shown ? tr("Show less") : tr("Show all"));
    m_fold->setAccessibleName(m_fold->text());
}

void NoticeBar::dismiss()
{
    m_action = {};
    hide();
}

} // namespace ui
