#include "ui/widgets/ErrorBanner.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <memory>

namespace ui {
namespace {

constexpr int detailLines = 6;

} // namespace

ErrorBanner::ErrorBanner(QWidget *parent)
    : Panel(Theme::Meaning::Danger, parent)
    , m_icon(new QLabel(this))
    , m_what(new PlainLabel({}, PlainLabel::Role::Text, this))
    , m_why(new PlainLabel({}, PlainLabel::Role::Text, this))
    , m_actions(new QHBoxLayout)
    , m_detailsButton(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_log(new QToolButton(this))
{
    setObjectName(QStringLiteral("errorBanner"));
    QFont bold = m_what->font();
    bold.setBold(true);
    m_what->setFont(bold);

    m_detailsButton->setObjectName(QStringLiteral("errorDetailsButton"));
    m_detailsButton->setText(tr("Details"));
    m_detailsButton->setCheckable(true);
    m_detailsButton->setAutoRaise(true);
    connect(m_detailsButton, &QToolButton::toggled, this, &ErrorBanner::showDetails);

    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("errorClose"));
    close->setIcon(Icons::icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &ErrorBanner::dismiss);

    m_copy->setObjectName(QStringLiteral("errorCopy"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the message and its details"));
    m_copy->setToolTip(tr("Copy the message and its details"));
    m_copy->setAutoRaise(true);
    connect(m_copy, &QToolButton::clicked, this, &ErrorBanner::copy);

    m_log->setObjectName(QStringLiteral("errorLog"));
    m_log->setText(tr("Log"));
    m_log->setAccessibleName(tr("Show the log around this failure"));
    m_log->setToolTip(tr("Show the log around this failure"));
    m_log->setAutoRaise(true);
    m_log->hide();
    connect(m_log, &QToolButton::clicked, this, [this] { emit logRequested(m_when); });

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_what);
    words->addWidget(m_why);
    auto *row = new QHBoxLayout;
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(m_actions);
    row->addWidget(m_detailsButton, 0, Qt::AlignVCenter);
    row->addWidget(m_copy, 0, Qt::AlignVCenter);
    row->addWidget(m_log, 0, Qt::AlignVCenter);
    row->addWidget(close, 0, Qt::AlignVCenter);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    dismiss();
}

// The field takes its time, and few banners ever show it.
void ErrorBanner::setDetails(const QString &text)
{
    if (m_details == nullptr) {
        if (text.isEmpty()) {
            return;
        }
        m_details = new QPlainTextEdit(this);
        m_details->setObjectName(QStringLiteral("errorDetails"));
        m_details->setAccessibleName(tr("Details"));
        m_details->setReadOnly(true);
        m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * detailLines);
        layout()->addWidget(m_details);
    }
    m_details->setPlainText(text);
}

void ErrorBanner::showError(const ErrorText &text)
{
    while (m_actions->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_actions->takeAt(0));
        item->widget()->deleteLater();
    }
    updateIcon();
    m_when = QDateTime::currentDateTime();
    m_what->setText(text.what);
    m_why->setText(text.advice.isEmpty() ? text.why : text.why + u' ' + text.advice);
    m_why->setVisible(!m_why->text().isEmpty());
    setDetails(text.details);
    m_detailsButton->setVisible(!text.details.isEmpty());
    m_detailsButton->setChecked(false);
    showDetails(false);
    setAccessibleName(text.what);
    setAccessibleDescription(m_why->text());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ErrorBanner::setReason(const QString &text)
{
    m_why->setText(text);
    m_why->setVisible(!text.isEmpty());
    setAccessibleDescription(text);
}

QAbstractButton *ErrorBanner::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    button->show(); // a layout would do it later, and the caller may want to give it the focus
    return button;
}

void ErrorBanner::offerLog()
{
    m_log->show();
}

void ErrorBanner::dismiss()
{
    const bool wasShown = !isHidden();
    hide();
    if (wasShown) {
        emit dismissed();
    }
}

void ErrorBanner::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) {
        updateIcon();
    }
}

void ErrorBanner::copy() const
{
    QStringList lines{m_what->text(), m_why->text(),
                      m_details != nullptr ? m_details->toPlainText() : QString()};
    lines.removeAll(QString());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ErrorBanner::showDetails(bool shown)
{
    if (m_details != nullptr) {
        m_details->setVisible(shown);
    }
    m_copy->setVisible(shown);
    m_detailsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    m_detailsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

void ErrorBanner::updateIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const QColor color = Theme::color(Theme::Meaning::Danger, QApplication::palette());
    m_icon->setPixmap(
        Icons::icon(QStringLiteral("error"), color).pixmap(QSize(size, size), devicePixelRatioF()));
}

} // namespace ui
