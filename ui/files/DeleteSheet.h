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
    // `entries` are what would be deleted, at least one. `caution` says why to be careful, perhaps
    // nothing. Cancel has the focus.
    DeleteSheet(const QList<files::FileEntry> &entries, Place place, const QString &caution,
                QWidget *parent);

signals:
    void accepted();
};

} // namespace ui
