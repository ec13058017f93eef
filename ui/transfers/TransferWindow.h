// TransferWindow: the transfers of all connections in a window of their own, for when no tab is
// open.

#pragma once

#include <QWidget>

namespace transfer {
class TransferSchedule;
}

namespace ui {

class TransferWindow final : public QWidget
{
    Q_OBJECT

public:
    TransferWindow(transfer::TransferSchedule &schedule, QWidget *parent);
};

} // namespace ui
