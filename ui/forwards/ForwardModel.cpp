#include "ui/forwards/ForwardModel.h"

#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QLocale>

namespace ui {

using forward::ForwardSet;
using forward::ForwardStatus;

ForwardModel::ForwardModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ForwardModel::setForwards(ForwardSet *forwards)
{
    if (m_forwards != nullptr) {
        m_forwards->disconnect(this);
    }
    m_forwards = forwards;
    if (m_forwards != nullptr) {
        connect(m_forwards, &ForwardSet::added, this, &ForwardModel::reload);
        connect(m_forwards, &ForwardSet::removed, this, &ForwardModel::reload);
        connect(m_forwards, &QObject::destroyed, this, &ForwardModel::reload);
        connect(m_forwards, &ForwardSet::changed, this, [this](Id id) {
            const QModelIndex row = indexOf(id);
            if (row.isValid()) {
                emit dataChanged(row, row.siblingAtColumn(ColumnCount - 1));
            }
        });
    }
    reload();
}

void ForwardModel::reload()
{
    beginResetModel();
    m_ids = m_forwards == nullptr ? QList<Id>() : m_forwards->ids();
    endResetModel();
}

std::optional<ForwardModel::Id> ForwardModel::idAt(const QModelIndex &index) const
{
    return index.isValid() ? std::optional(m_ids.at(index.row())) : std::nullopt;
}

QModelIndex ForwardModel::indexOf(Id id) const
{
    return index(static_cast<int>(m_ids.indexOf(id)), 0);
}

int ForwardModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int ForwardModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ForwardModel::data(const QModelIndex &index, int role) const
{
    const auto id = idAt(index);
    if (!id || m_forwards == nullptr || !m_forwards->contains(*id)) {
        return {};
    }
    const QString shown = text(*id, index.column());
    const ForwardStatus::State state = m_forwards->status(*id).state;
    switch (role) {
    case Qt::DisplayRole:
        return shown;
    case Qt::ToolTipRole:
        return toolTip(*id, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Clients ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole:
        if (index.column() == Listen && m_forwards->forward(*id).isOpenToOthers()) {
            return Icons::icon(QStringLiteral("warning"));
        }
        return {};
    case Qt::ForegroundRole: {
        const bool isBad = (index.column() == State && state == ForwardStatus::State::Failed)
            || index.column() == Refusal;
        return isBad ? QVariant(Theme::color(Theme::Meaning::Danger, QApplication::palette()))
                     : QVariant();
    }
    default:
        return {};
    }
}

QString ForwardModel::text(Id id, int column) const
{
    const profiles::Forward &forward = m_forwards->forward(id);
    const ForwardStatus &status = m_forwards->status(id);
    switch (column) {
    case Kind:
        return forwardKindText(forward.kind);
    case Listen:
        return forwardListenText(forward, status);
    case Target:
        return forwardTargetText(forward);
    case State:
        return forwardStateText(status);
    case Clients:
        return QLocale().toString(status.clients);
    case Bytes:
        return forwardBytesText(status);
    default:
        return status.lastRefusal ? forwardRefusalText(forward, *status.lastRefusal) : QString();
    }
}

// Escaped, for Qt guesses from the first characters whether it is rich text.
QString ForwardModel::toolTip(Id id, int column) const
{
    const profiles::Forward &forward = m_forwards->forward(id);
    const ForwardStatus &status = m_forwards->status(id);
    QString tip = text(id, column);
    if (column == State && status.failure) {
        tip = forwardFailureText(forward, *status.failure, status.freePort);
    } else if (column == Listen && forward.isOpenToOthers()) {
        tip = forwardWarningText(forward);
    }
    return tip.toHtmlEscaped();
}

QVariant ForwardModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Kind:
        return tr("Kind");
    case Listen:
        return tr("Listens on");
    case Target:
        return tr("Goes to");
    case State:
        return tr("State");
    case Clients:
        return tr("Clients");
    case Bytes:
        return tr("Sent, received");
    default:
        return tr("Last refusal");
    }
}

} // namespace ui
