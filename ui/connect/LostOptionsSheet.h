// LostOptionsSheet: what OpenSSH's configuration sets for an alias, and Ponto does not do.

#pragma once

#include "ui/widgets/Sheet.h"

#include <QStringList>

namespace ui {

class LostOptionsSheet final : public Sheet
{
    Q_OBJECT

public:
    // `lines` as ssh_config(5) has them; they are shown as plain text.
    LostOptionsSheet(const QString &alias, const QStringList &lines, QWidget *parent = nullptr);
};

} // namespace ui
