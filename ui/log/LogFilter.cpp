#include "ui/log/LogFilter.h"

namespace ui {

LogFilter::LogFilter(LogModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&m_model);
}

void LogFilter::setText(const QString &text)
{
    m_text = text;
    invalidateRowsFilter();
}

void LogFilter::setLevel(logging::LogLevel level)
{
    m_level = level;
    invalidateRowsFilter();
}

bool LogFilter::holds(const logging::LogLine &line, const QString &text)
{
    return text.isEmpty() || line.text.contains(text, Qt::CaseInsensitive)
        || line.source.contains(text, Qt::CaseInsensitive);
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const logging::LogLine &line = m_model.line(row);
    return line.level <= m_level && holds(line, m_text);
}

} // namespace ui
