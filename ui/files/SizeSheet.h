// SizeSheet: asks how large files are to be, and says what they lose or gain by that.

#pragma once

#include "files/FileEntry.h"
#include "ui/widgets/Sheet.h"

#include <QList>

namespace ui {

class SizeSheet final : public Sheet
{
    Q_OBJECT

public:
    // `files` are regular ones, at least one. `caution`: see FilePane::setCaution().
    SizeSheet(const QList<files::FileEntry> &files, const QString &caution,
              QWidget *parent = nullptr);

signals:
    void accepted(quint64 bytes);
};

} // namespace ui
