// ElsewhereSheet: asks where a text goes that cannot have its own place any more: under another
// name where the file is, or to this computer.

#pragma once

#include "edit/EditRecord.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class ElsewhereSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit ElsewhereSheet(const edit::EditOrigin &origin, QWidget *parent = nullptr);

signals:
    void pathChosen(const files::FilePath &path); // absolute, where the file is
    void thisComputerChosen();
};

} // namespace ui
