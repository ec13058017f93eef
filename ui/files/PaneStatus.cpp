#include "ui/files/PaneStatus.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

#include <chrono>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto shownAfter = 150ms; // anything that takes longer than 200 ms must be seen

} // namespace

PaneStatus::PaneStatus(const QString &idPrefix, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_stop(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setObjectName(idPrefix + QStringLiteral("Status"));
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setObjectName(idPrefix + QStringLiteral("Progress"));
    m_progress->setAccessibleName(tr("Working"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumSize(fontMetrics().averageCharWidth() * 14, fontMetrics().height() / 2);
    m_stop->setObjectName(idPrefix + QStringLiteral("Stop"));
    m_stop->setText(tr("Stop"));
    m_stop->setAutoRaise(true);
    connect(m_stop, &QToolButton::clicked, this, [this] { emit stopRequested(m_task); });

    auto *layout = new QHBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(space, 0, space, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    setFixedHeight(m_stop->sizeHint().height()); // the button must not move the list above
    m_soon.setSingleShot(true);
    m_soon.setInterval(shownAfter);
    connect(&m_soon, &QTimer::timeout, this, &PaneStatus::update);
    update();
}

void PaneStatus::setTask(Task task)
{
    m_task = task;
    m_workText.clear();
    if (task == Task::None) {
        m_soon.stop();
        update();
    } else if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void PaneStatus::setSummary(const QString &text)
{
    m_summary = text;
    if (m_task == Task::None) {
        update();
    }
}

void PaneStatus::setProgress(const QString &text)
{
    m_workText = text;
    if (m_task == Task::Changing && !m_soon.isActive()) {
        update();
    }
}

void PaneStatus::update()
{
    m_progress->setVisible(m_task != Task::None);
    m_stop->setVisible(m_task != Task::None);
    switch (m_task) {
    case Task::None:
        m_text->setText(m_summary);
        break;
    case Task::Reading:
        m_text->setText(tr("Reading the folder…"));
        break;
    case Task::Changing:
        m_text->setText(m_workText.isEmpty() ? tr("Working…") : m_workText);
        break;
    }
}

QString searchSummary(const files::FileSearch &search, int rows)
{
    const auto translated
        = [](const char *text) { return QCoreApplication::translate("ui::PaneStatus", text); };
    const QString text = search.way() == files::FileSearch::Way::Command
        ? translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1 found, by a command of the server"))
        : translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1 found, by going through all folders"));
    const QString count = QLocale().toString(rows);
    return search.isCut()
        ? translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1; there is more")).arg(text.arg(count))
        : text.arg(count);
}

QString selectionSummary(int rows, const QList<files::FileEntry> &selected, SizeFormat format)
{
    const QLocale locale;
    const auto translated
        = [](const char *text) { return QCoreApplication::translate("ui::PaneStatus", text); };
    QString items = rows == 1
        ? translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "1 item"))
        : translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1 items")).arg(locale.toString(rows));
    if (selected.isEmpty()) {
        return items;
    }
    quint64 bytes = 0;
    bool hasFiles = false;
    for (const files::FileEntry &entry : selected) {
        if (!entry.isEnterable()) {
            hasFiles = true;
            bytes += entry.attributes.size.value_or(0);
        }
    }
    if (!hasFiles) { // how much is in a folder is not known
        return translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1, %2 selected"))
            .arg(items, locale.toString(selected.size()));
    }
    return translated(QT_TRANSLATE_NOOP("ui::PaneStatus", "%1, %2 selected, %3"))
        .arg(items, locale.toString(selected.size()), sizeText(bytes, format));
}

} // namespace ui
