// ForwardClientsWindow: who uses a forward right now, with what has gone through, and who was not
// served, and why. A window of its own; it follows the forward until that is gone.

#pragma once

#include "forward/ForwardSet.h"

#include <QPointer>
#include <QWidget>

class QTreeWidget;

namespace ui {

class PlainLabel;

class ForwardClientsWindow final : public QWidget
{
    Q_OBJECT

public:
    // Closes with the forward. `forwards` is borrowed.
    ForwardClientsWindow(forward::ForwardSet &forwards, forward::ForwardSet::Id id,
                         QWidget *parent = nullptr);

    forward::ForwardSet::Id id() const { return m_id; }

private:
    QTreeWidget *createTable(const char *name, const QString &accessibleName,
                             const QStringList &columns);
    void refresh();
    void fillClients();
    void fillRefusals();

    QPointer<forward::ForwardSet> m_forwards;
    forward::ForwardSet::Id m_id;
    PlainLabel *m_summary;
    QTreeWidget *m_clients;
    QTreeWidget *m_refusals;
};

} // namespace ui
