// NewFolderSheet: asks in the pane for the name of a new folder.

#pragma once

#include "ui/widgets/Sheet.h"

namespace ui {

class NewFolderSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit NewFolderSheet(QWidget *parent);

signals:
    void accepted(const QString &name); // not empty
};

} // namespace ui
