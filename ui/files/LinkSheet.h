// LinkSheet: asks in the pane for the name of a new symbolic link and for where it leads.

#pragma once

#include "ui/widgets/Sheet.h"

namespace ui {

class LinkSheet final : public Sheet
{
    Q_OBJECT

public:
    // `target` is offered, as a name of the same directory; it may be empty.
    explicit LinkSheet(const QByteArray &target, QWidget *parent = nullptr);

signals:
    void accepted(const QByteArray &name, const QByteArray &target);
};

} // namespace ui
