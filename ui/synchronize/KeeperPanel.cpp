#include "ui/synchronize/KeeperPanel.h"

#include "base/DisplayText.h"
#include "ui/errors/SyncFailureText.h"
#include "ui/synchronize/SyncText.h"
#include "ui/widgets/PlainLabel.h"

#include <QLocale>
#include <QPlainTextEdit>
#include <QTime>
#include <QVBoxLayout>

namespace ui {
namespace {

using synchronize::TreeKeeper;

constexpr int mostLogLines = 2'000;
constexpr qsizetype mostFailures = 20; // of one round

} // namespace

KeeperPanel::KeeperPanel(QWidget *parent)
    : Panel(Theme::Meaning::Ok, parent)
    , m_state(new PlainLabel({}, PlainLabel::Role::Title))
    , m_log(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("keeperPanel"));
    m_state->setObjectName(QStringLiteral("keeperState"));
    m_log->setObjectName(QStringLiteral("keeperLog"));
    m_log->setAccessibleName(tr("What was done"));
    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(mostLogLines);
    m_log->setPlaceholderText(tr("What is changed here is copied a moment later."));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_state);
    layout->addWidget(m_log, 1);
}

void KeeperPanel::follow(TreeKeeper &keeper, const QString &target)
{
    m_target = target;
    m_log->clear();
    connect(&keeper, &TreeKeeper::stateChanged, this, [this, &keeper] { showState(keeper); });
    connect(&keeper, &TreeKeeper::updated, this, [this](const synchronize::RunSummary &summary) {
        addLine(summaryText(summary));
        for (const auto &failure :
             summary.failures.first(std::min(summary.failures.size(), mostFailures))) {
            addLine(syncFailureText(failure).toSentence());
        }
    });
    connect(&keeper, &TreeKeeper::roundFailed, this,
            [this](const base::Error &reason) { addLine(errorText(reason).toSentence()); });
    showState(keeper);
}

void KeeperPanel::showState(const TreeKeeper &keeper)
{
    switch (keeper.state()) {
    case TreeKeeper::State::Starting:
        m_state->setText(tr("Looking for the folders that are to be watched"));
        break;
    case TreeKeeper::State::Watching:
        m_state->setText(
            keeper.lastUpdate().isValid()
                ? tr("Up to date since %2: %1")
                      .arg(m_target,
                           QLocale().toString(keeper.lastUpdate().time(), QLocale::LongFormat))
                : tr("Up to date: %1").arg(m_target));
        break;
    case TreeKeeper::State::Working:
        m_state->setText(tr("Bringing %1 up to date").arg(m_target));
        break;
    case TreeKeeper::State::WaitingForConnection:
        m_state->setText(tr("Waiting for the connection to %1").arg(m_target));
        break;
    case TreeKeeper::State::Ended:
        m_state->setText(tr("Not kept up to date any more: %1").arg(m_target));
        break;
    }
}

void KeeperPanel::addLine(const QString &text)
{
    m_log->appendPlainText(QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm:ss"))
                           + QStringLiteral("  ") + base::displayText(text));
}

} // namespace ui
