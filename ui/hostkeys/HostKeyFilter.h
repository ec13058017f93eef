// HostKeyFilter: those lines of a HostKeyModel that speak of a host and port, as ssh would find
// them: hashed names are seen through, and patterns count.

#pragma once

#include <QByteArray>
#include <QSortFilterProxyModel>
#include <QString>

namespace ui {

class HostKeyModel;

class HostKeyFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    // `model` is borrowed.
    explicit HostKeyFilter(HostKeyModel &model, QObject *parent = nullptr);

    // HOST, HOST:PORT or [HOST]:PORT; empty for all lines.
    void setHost(const QString &text);

    // What is looked for, as known_hosts names it; empty for all.
    const QByteArray &name() const { return m_name; }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    HostKeyModel &m_model;
    QByteArray m_name;
};

} // namespace ui
