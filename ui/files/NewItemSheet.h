// NewItemSheet: asks in the pane for the name of a new folder or an empty file.

#pragma once

#include "ui/widgets/Sheet.h"

namespace ui {

class NewItemSheet final : public Sheet
{
    Q_OBJECT

public:
    enum class Kind { Folder, File };

    // The kind begins the object names: "newFolderName".
    NewItemSheet(Kind kind, QWidget *parent);

signals:
    void accepted(const QString &name); // not empty
};

} // namespace ui
