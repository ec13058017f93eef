// FleetPlanSheet: exactly what would be run where, before it is. Asked for as a dry run, and shown
// by itself if production servers are among them.

#pragma once

#include "ui/widgets/Sheet.h"

namespace commands {
struct BatchOrder;
class FleetHosts;
} // namespace commands

namespace ui {

class FleetPlanSheet final : public Sheet
{
    Q_OBJECT

public:
    enum class Reason { DryRun, Production };

    FleetPlanSheet(const commands::FleetHosts &hosts, const commands::BatchOrder &order,
                   Reason reason, QWidget *parent = nullptr);

    int widthInCharacters() const override { return 100; }

signals:
    void confirmed(); // it is to be run
};

} // namespace ui
