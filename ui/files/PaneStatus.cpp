#include "ui/files/PaneStatus.h"

#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
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
    m_stop->setToolTip(tr("Escape in the list does the same"));
    m_stop->setAutoRaise(true);
    connect(m_stop, &QToolButton::clicked, this, &PaneStatus::stop);

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

std::optional<PaneStatus::Task> PaneStatus::task() const
{
    return m_changes > 0 ? std::optional(Task::Changing)
        : m_isReading    ? std::optional(Task::Reading)
                         : std::nullopt;
}

void PaneStatus::begin(Task task)
{
    const bool wasIdle = !this->task();
    if (task == Task::Reading) {
        m_isReading = true;
    } else if (++m_changes == 1) {
        m_workText.clear();
    }
    if (wasIdle) {
        m_soon.start();
    } else if (!m_soon.isActive()) {
        update();
    }
}

void PaneStatus::end(Task task)
{
    if (task == Task::Reading) {
        m_isReading = false;
    } else {
        m_changes = std::max(0, m_changes - 1);
    }
    if (!this->task()) {
        m_soon.stop();
    }
    if (!m_soon.isActive()) {
        update();
    }
}

void PaneStatus::endAll()
{
    m_changes = 0;
    end(Task::Reading);
}

void PaneStatus::setSummary(const QString &text)
{
    m_summary = text;
    if (!task()) {
        update();
    }
}

void PaneStatus::setProgress(const QString &text)
{
    m_workText = text;
    if (m_changes > 0 && !m_soon.isActive()) {
        update();
    }
}

bool PaneStatus::stop()
{
    const auto running = task();
    if (running) {
        emit stopRequested(*running);
    }
    return running.has_value();
}

void PaneStatus::update()
{
    const auto running = task();
    m_progress->setVisible(running.has_value());
    m_stop->setVisible(running.has_value());
    m_text->setText(!running                        ? m_summary
                        : *running == Task::Reading ? tr("Reading the folder…")
                        : m_workText.isEmpty()      ? tr("Working…")
                                                    : m_workText);
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

QString selectionSummary(int rows, const QList<files::FileEntry> &selected)
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
        .arg(items, locale.toString(selected.size()), sizeText(bytes));
}

} // namespace ui
