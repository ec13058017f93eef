#include "ui/archive/PastLogModel.h"

#include "base/DisplayText.h"
#include "ui/units/SizeText.h"

#include <QLocale>

#include <utility>

namespace ui {
namespace {

using archive::LogMatch;
using archive::PastLog;
using Form = terminal::OutputLog::Form;

QString formText(Form form)
{
    switch (form) {
    case Form::Timed:
        return PastLogModel::tr("text with times");
    case Form::Cast:
        return PastLogModel::tr("recording");
    case Form::Plain:
    case Form::Raw:
        break;
    }
    return PastLogModel::tr("text");
}

} // namespace

void PastLogModel::showLogs(const QList<PastLog> &logs)
{
    setRows({logs.begin(), logs.end()});
}

void PastLogModel::showMatches(const QList<LogMatch> &matches)
{
    setRows({matches.begin(), matches.end()});
}

void PastLogModel::setRows(QList<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const PastLogModel::Row *PastLogModel::row(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? &m_rows.at(index.row()) : nullptr;
}

const PastLog &PastLogModel::logOf(const Row &row)
{
    const auto *match = std::get_if<LogMatch>(&row);
    return match != nullptr ? match->log : std::get<PastLog>(row);
}

QString PastLogModel::heading(const Row &row)
{
    const PastLog &log = logOf(row);
    const auto *match = std::get_if<LogMatch>(&row);
    const QString when
        = QLocale().toString(match != nullptr ? match->when() : log.begun, QLocale::ShortFormat);
    const QString session = base::displayText(log.session);
    const QString host = base::displayText(log.host);
    return session == host || host.isEmpty() ? tr("%1 · %2").arg(session, when)
                                             : tr("%1 · %2 · %3").arg(session, host, when);
}

QString PastLogModel::about(const PastLog &log)
{
    const QString size
        = tr("%1, %2").arg(formText(log.form), sizeText(static_cast<quint64>(log.bytes)));
    return log.linesLeftOut == 0 ? size
                                 : tr("%1 · %2 lines came too fast to be searched")
                                       .arg(size, QLocale().toString(log.linesLeftOut));
}

int PastLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PastLogModel::data(const QModelIndex &index, int role) const
{
    const Row *shown = row(index);
    if (shown == nullptr) {
        return {};
    }
    const auto *match = std::get_if<LogMatch>(shown);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(heading(*shown),
                                match != nullptr ? base::displayText(match->text)
                                                 : about(logOf(*shown)));
    case Qt::ToolTipRole:
        return base::displayText(logOf(*shown).path).toHtmlEscaped();
    default:
        return {};
    }
}

} // namespace ui
