// DeleteSheet: asks in the pane whether the selected files are to be deleted for good.

#pragma once

#include "files/FileEntry.h"
#include "ui/files/FileDrag.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class DeleteSheet final : public Sheet
{
    Q_OBJECT

public:
    // `entries` are what would be deleted, at least one. Cancel has the focus.
    DeleteSheet(const QList<files::FileEntry> &entries, Place place, QWidget *parent);

signals:
    void accepted();
};

} // namespace ui
