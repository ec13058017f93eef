// LogFilter: the lines of a log that hold a text, up to a level.

#pragma once

#include "ui/log/LogModel.h"

#include <QSortFilterProxyModel>

namespace ui {

class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LogFilter(LogModel &model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setLevel(logging::LogLevel level);

    // In the source or the message, whatever the case.
    static bool holds(const logging::LogLine &line, const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LogModel &m_model;
    QString m_text;
    logging::LogLevel m_level = logging::LogLevel::Trace;
};

} // namespace ui
