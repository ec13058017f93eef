#include "ui/hostkeys/HostKeyFilter.h"

#include "ui/hostkeys/HostKeyModel.h"

#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace ui {
namespace {

// Several colons without brackets are an IPv6 address, not a port.
QByteArray nameIn(const QString &text)
{
    static const QRegularExpression withPort(QStringLiteral(
        "^(?:\\[(?<inner>[^\\]]*)\\]|(?<plain>[^:\\[\\]]*))(?::(?<port>\\d{1,5}))?$"));
    const QRegularExpressionMatch match = withPort.match(text);
    if (!match.hasMatch()) {
        return hostkeys::KnownHostsLine::nameOf(text, 22);
    }
    const QString host
        = match.hasCaptured(u"inner") ? match.captured(u"inner") : match.captured(u"plain");
    const uint port = match.hasCaptured(u"port") ? match.captured(u"port").toUInt() : 22;
    return hostkeys::KnownHostsLine::nameOf(host, static_cast<quint16>(std::min(port, 65535U)));
}

} // namespace

HostKeyFilter::HostKeyFilter(HostKeyModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
}

void HostKeyFilter::setHost(const QString &text)
{
    const QString trimmed = text.trimmed();
    m_name = trimmed.isEmpty() ? QByteArray() : nameIn(trimmed);
    invalidateFilter();
}

bool HostKeyFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    return m_name.isEmpty() || m_model.entry(sourceRow).line.matches(m_name);
}

// Places are ordered by file and number, all else by what is to be read.
bool HostKeyFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (left.column() != HostKeyModel::Where) {
        return QSortFilterProxyModel::lessThan(left, right);
    }
    const hostkeys::Location &a = m_model.entry(left.row()).location;
    const hostkeys::Location &b = m_model.entry(right.row()).location;
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
}

} // namespace ui
