#include "ui/transfers/TransferControls.h"

#include "transfer/TransferSchedule.h"
#include "ui/theme/Icons.h"
#include "ui/transfers/RateGraph.h"
#include "ui/transfers/TransferText.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr int progressSteps = 1000;
constexpr int mostAtOnce = 16;
constexpr quint64 kilobyte = 1024;
constexpr std::array<quint64, 8> limits{0,
                                        50 * kilobyte,
                                        200 * kilobyte,
                                        500 * kilobyte,
                                        1024 * kilobyte,
                                        2 * 1024 * kilobyte,
                                        5 * 1024 * kilobyte,
                                        20 * 1024 * kilobyte};

QString limitText(quint64 limit)
{
    return limit == 0 ? TransferControls::tr("No speed limit")
                      : TransferControls::tr("At most %1/s").arg(sizeText(limit, 0));
}

bool isAnyAsking(const QList<transfer::TransferJob *> &jobs)
{
    return std::ranges::any_of(
        jobs, [](const transfer::TransferJob *job) { return job->openConflict().has_value(); });
}

} // namespace

TransferControls::TransferControls(QWidget *parent)
    : QWidget(parent)
    , m_pause(new QToolButton(this))
    , m_limit(new QComboBox(this))
    , m_atOnce(new QSpinBox(this))
    , m_end(new QComboBox(this))
    , m_progress(new QProgressBar(this))
    , m_text(new PlainLabel(QString(), PlainLabel::Role::Subtle, this))
    , m_graph(new RateGraph(this))
{
    createWidgets();
    createEndActions();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    setFocusProxy(m_limit);
    layout->addWidget(m_pause);
    layout->addWidget(m_limit);
    layout->addWidget(m_atOnce);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_text, 4);
    layout->addWidget(m_graph);
    layout->addWidget(m_end);
    connect(m_pause, &QToolButton::clicked, this, [this] {
        if (m_schedule != nullptr) {
            m_schedule->isAnyRunnable() ? m_schedule->pauseAll() : m_schedule->resumeAll();
        }
    });
    connect(m_limit, &QComboBox::activated, this, [this] {
        if (m_schedule != nullptr) {
            m_schedule->setLimit(m_limit->currentData().toULongLong());
        }
    });
    connect(m_atOnce, &QSpinBox::valueChanged, this, [this](int count) {
        if (m_schedule != nullptr) {
            m_schedule->setMostAtOnce(count);
        }
    });
}

void TransferControls::createWidgets()
{
    m_pause->setObjectName(QStringLiteral("transferPauseAll"));
    m_pause->setAutoRaise(true);
    m_pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_limit->setObjectName(QStringLiteral("transferLimit"));
    m_limit->setAccessibleName(tr("Speed limit of all transfers together"));
    m_limit->setToolTip(m_limit->accessibleName());
    for (const quint64 limit : limits) {
        m_limit->addItem(limitText(limit), limit);
    }
    m_atOnce->setObjectName(QStringLiteral("transferAtOnce"));
    m_atOnce->setAccessibleName(tr("How many transfers run at once"));
    m_atOnce->setToolTip(m_atOnce->accessibleName());
    m_atOnce->setRange(1, mostAtOnce);
    m_atOnce->setSuffix(tr(" at once"));
    m_progress->setObjectName(QStringLiteral("transferTotal"));
    m_progress->setAccessibleName(tr("Progress of all transfers"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    m_text->setObjectName(QStringLiteral("transferTotalText"));
}

void TransferControls::createEndActions()
{
    using EndAction = transfer::TransferSchedule::EndAction;
    m_end->setObjectName(QStringLiteral("transferEnd"));
    m_end->setAccessibleName(tr("What is done when all transfers have ended"));
    m_end->setToolTip(m_end->accessibleName());
    m_end->addItem(tr("Then nothing"), static_cast<int>(EndAction::Nothing));
    m_end->addItem(tr("Then close Ponto"), static_cast<int>(EndAction::Quit));
    m_end->addItem(tr("Then sleep"), static_cast<int>(EndAction::Suspend));
    m_end->addItem(tr("Then turn off"), static_cast<int>(EndAction::PowerOff));
    connect(m_end, &QComboBox::activated, this, [this] {
        if (m_schedule != nullptr) {
            m_schedule->setEndAction(static_cast<EndAction>(m_end->currentData().toInt()));
        }
    });
}

void TransferControls::showEndAction()
{
    m_end->setCurrentIndex(m_end->findData(static_cast<int>(m_schedule->endAction())));
}

void TransferControls::setSchedule(transfer::TransferSchedule *schedule)
{
    if (m_schedule != nullptr) {
        m_schedule->disconnect(this);
    }
    m_schedule = schedule;
    if (m_schedule != nullptr) {
        using transfer::TransferSchedule;
        connect(m_schedule, &TransferSchedule::ticked, this, &TransferControls::showTotal);
        connect(m_schedule, &TransferSchedule::stateChanged, this, &TransferControls::showTotal);
        connect(m_schedule, &TransferSchedule::jobAdded, this, &TransferControls::showTotal);
        connect(m_schedule, &TransferSchedule::limitsChanged, this, &TransferControls::showLimits);
        connect(m_schedule, &TransferSchedule::endActionChanged, this,
                &TransferControls::showEndAction);
        showLimits();
        showEndAction();
        showTotal();
    }
}

void TransferControls::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showTotal();
}

// A limit that the list does not offer, of an older settings file, is added to it.
void TransferControls::showLimits()
{
    const quint64 limit = m_schedule->limit();
    int index = m_limit->findData(limit);
    if (index < 0) {
        m_limit->addItem(limitText(limit), limit);
        index = m_limit->count() - 1;
    }
    m_limit->setCurrentIndex(index);
    const QSignalBlocker blocker(m_atOnce);
    m_atOnce->setValue(m_schedule->mostAtOnce());
}

void TransferControls::showTotal()
{
    if (m_schedule == nullptr || !isVisible()) {
        return;
    }
    using State = transfer::TransferJob::State;
    const bool mayResume = !m_schedule->isAnyRunnable()
        && std::ranges::contains(m_schedule->jobs(), State::Paused, &transfer::TransferJob::state);
    const bool mayPause = !mayResume;
    m_pause->setEnabled(mayResume || m_schedule->isAnyRunnable());
    m_pause->setText(mayPause ? tr("Pause all") : tr("Resume all"));
    m_pause->setIcon(Icons::icon(mayPause ? QStringLiteral("pause") : QStringLiteral("run")));
    transfer::Progress total = m_schedule->total();
    if (isAnyAsking(m_schedule->jobs())) {
        total.timeLeft.reset(); // it depends on when the user answers
    }
    const bool isKnown = total.bytesTotal > 0;
    m_progress->setVisible(isKnown);
    m_progress->setRange(0, isKnown && !total.counting ? progressSteps : 0);
    m_progress->setValue(isKnown
                             ? static_cast<int>(progressSteps * static_cast<double>(total.bytesDone)
                                                / static_cast<double>(total.bytesTotal))
                             : 0);
    m_text->setText(isKnown ? progressText(total) : QString());
    m_graph->setRates(m_schedule->rates());
}

} // namespace ui
