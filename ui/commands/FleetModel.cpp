#include "ui/commands/FleetModel.h"

#include "base/DisplayText.h"
#include "ui/commands/RunText.h"
#include "ui/errors/HostOutcomeText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QGuiApplication>
#include <QPalette>

namespace ui {
namespace {

using commands::FleetRun;
using commands::HostOutcome;
using End = HostOutcome::End;

constexpr std::chrono::milliseconds tick(500);
constexpr qint64 mostOfLine = 400; // bytes

// The first line that is not empty.
QString firstLineOf(const commands::OutputStore &output)
{
    const auto bytes = output.read(0, mostOfLine);
    if (!bytes) {
        return {};
    }
    for (const QByteArray &line : bytes->split('\n')) {
        if (!line.trimmed().isEmpty()) {
            return base::displayText(line.trimmed());
        }
    }
    return {};
}

} // namespace

FleetModel::FleetModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.setInterval(tick);
    connect(&m_clock, &QTimer::timeout, this, &FleetModel::tellTime);
}

void FleetModel::setRun(FleetRun *run)
{
    beginResetModel();
    if (m_run) {
        m_run->disconnect(this);
    }
    m_run = run;
    endResetModel();
    if (m_run) {
        connect(m_run, &FleetRun::hostChanged, this, &FleetModel::handleChange);
        connect(m_run, &FleetRun::finished, this, [this] {
            m_clock.stop();
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        });
    }
}

void FleetModel::handleChange(commands::CommandBatch::Index host)
{
    const int row = static_cast<int>(host);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    if (!m_clock.isActive() && m_run->isRunning()) {
        m_clock.start();
    }
}

void FleetModel::tellTime()
{
    for (int row = 0; row < rowCount(); ++row) {
        const FleetRun::State state = m_run->host(row).state;
        if (state == FleetRun::State::Connecting || state == FleetRun::State::Running) {
            emit dataChanged(index(row, Duration), index(row, Duration), {Qt::DisplayRole});
        }
    }
}

int FleetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_run ? 0 : static_cast<int>(m_run->size());
}

int FleetModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool FleetModel::has(int row, Outcome outcome) const
{
    const FleetRun::Host &host = m_run->host(row);
    const bool isOver = host.state == FleetRun::State::Over;
    switch (outcome) {
    case Outcome::Any:
        return true;
    case Outcome::Succeeded:
        return isOver && host.outcome.isSuccess();
    case Outcome::Failed:
        return isOver && !host.outcome.isSuccess();
    case Outcome::Unfinished:
        return !isOver;
    }
    return true;
}

QString FleetModel::sentence(int row) const
{
    const FleetRun::Host &host = m_run->host(row);
    if (host.state != FleetRun::State::Over) {
        return {};
    }
    return hostOutcomeText(host.outcome, m_run->order().timeLimit,
                           {m_run->wasCancelled(), m_run->hasCanaryFailed(),
                            m_run->order().failureLimit().value_or(0)});
}

QString FleetModel::stateText(int row) const
{
    const FleetRun::Host &host = m_run->host(row);
    switch (host.state) {
    case FleetRun::State::Waiting:
        return tr("Waiting");
    case FleetRun::State::Connecting:
        return tr("Connecting");
    case FleetRun::State::Running:
        return tr("Running");
    case FleetRun::State::Over:
        break;
    }
    switch (host.outcome.end) {
    case End::Done:
        return host.outcome.isSuccess() ? tr("Done") : tr("Failed");
    case End::Failed:
    case End::Unresolved:
        return tr("No connection");
    case End::OutOfTime:
        return tr("Out of time");
    case End::Interrupted:
        return tr("Interrupted");
    case End::NotBegun:
        break;
    }
    return tr("Not begun");
}

QString FleetModel::firstLine(int row) const
{
    const HostOutcome &outcome = m_run->host(row).outcome;
    QString line = sentence(row);
    if (line.isEmpty()) {
        line = firstLineOf(outcome.output);
    }
    return line.isEmpty() ? firstLineOf(outcome.errorOutput) : line;
}

std::chrono::milliseconds FleetModel::duration(int row) const
{
    const FleetRun::Host &host = m_run->host(row);
    if (host.state == FleetRun::State::Over || !host.since.isValid()) {
        return host.outcome.duration;
    }
    return std::chrono::milliseconds(host.since.elapsed());
}

QString FleetModel::textOf(int row, int column) const
{
    const HostOutcome &outcome = m_run->host(row).outcome;
    switch (column) {
    case Host:
        return base::displayText(m_run->order().hosts.at(row));
    case State:
        return stateText(row);
    case Status:
        return !outcome.signal.isEmpty() ? tr("SIG%1").arg(base::displayText(outcome.signal))
            : outcome.exitStatus         ? QString::number(*outcome.exitStatus)
                                         : QString();
    case Duration:
        return duration(row).count() == 0 ? QString() : secondsText(duration(row));
    default:
        return firstLine(row);
    }
}

QVariant FleetModel::sortKey(int row, int column) const
{
    const HostOutcome &outcome = m_run->host(row).outcome;
    switch (column) {
    case Status:
        return outcome.exitStatus.value_or(outcome.signal.isEmpty() ? -1 : 128);
    case Duration:
        return static_cast<qint64>(duration(row).count());
    default:
        return textOf(row, column).toCaseFolded();
    }
}

QVariant FleetModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_run) {
        return {};
    }
    const int row = index.row();
    if (role == Qt::DisplayRole) {
        return textOf(row, index.column());
    }
    if (role == sortRole) {
        return sortKey(row, index.column());
    }
    if (role == Qt::ToolTipRole && index.column() == FirstLine) {
        return QStringLiteral("<p>%1</p>").arg(sentence(row).toHtmlEscaped()); // it wraps
    }
    if (role == Qt::DecorationRole && index.column() == State
        && m_run->host(row).state == FleetRun::State::Over) {
        const bool isGood = has(row, Outcome::Succeeded);
        return Icons::icon(isGood ? QStringLiteral("check") : QStringLiteral("error"),
                           Theme::color(isGood ? Theme::Meaning::Ok : Theme::Meaning::Danger,
                                        QGuiApplication::palette()));
    }
    return {};
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (section) {
    case Host:
        return tr("Server");
    case State:
        return tr("State");
    case Status:
        return tr("Exit status");
    case Duration:
        return tr("Duration");
    default:
        return tr("First line");
    }
}

} // namespace ui
