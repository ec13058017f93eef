#include "ui/log/LogModel.h"

#include "ui/theme/Theme.h"

#include <QGuiApplication>

#include <chrono>
#include <utility>

namespace ui {
namespace {

using logging::LogLevel;
using logging::SessionLog;

constexpr std::chrono::milliseconds pause(250);

} // namespace

LogModel::LogModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.setInterval(pause);
    connect(&m_clock, &QTimer::timeout, this, &LogModel::refresh);
}

void LogModel::setLog(std::shared_ptr<SessionLog> log)
{
    beginResetModel();
    m_lines.clear();
    m_log = std::move(log);
    endResetModel();
    if (m_log) {
        m_clock.start();
    } else {
        m_clock.stop();
    }
    refresh();
}

void LogModel::refresh()
{
    if (!m_log) {
        return;
    }
    const quint64 known = m_lines.empty() ? 0 : m_lines.back().number;
    const QList<logging::LogLine> fresh = m_log->linesAfter(known);
    if (fresh.isEmpty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_lines.insert(m_lines.end(), fresh.begin(), fresh.end());
    endInsertRows();
    const int tooMany = rowCount() - static_cast<int>(SessionLog::mostLines);
    if (tooMany > 0) {
        beginRemoveRows({}, 0, tooMany - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + tooMany);
        endRemoveRows();
    }
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const logging::LogLine &shown = line(index.row());
    if (role == Qt::ForegroundRole && shown.level <= LogLevel::Warning) {
        return Theme::color(shown.level == LogLevel::Error ? Theme::Meaning::Danger
                                                           : Theme::Meaning::Warning,
                            QGuiApplication::palette());
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return shown.when.toString(QStringLiteral("HH:mm:ss.zzz"));
    case Level:
        return logging::nameOf(shown.level);
    case Source:
        return shown.source;
    default:
        return shown.text;
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Level:
        return tr("Level");
    case Source:
        return tr("From");
    default:
        return tr("Message");
    }
}

} // namespace ui
