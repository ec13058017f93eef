// OpenWithSheet: which program is to open a file: the desktop's own choice, or a command.

#pragma once

#include "ui/widgets/Sheet.h"

class QComboBox;

namespace ui {

class OpenWithSheet final : public Sheet
{
    Q_OBJECT

public:
    // `programs` are the commands that were used before, the last one first.
    OpenWithSheet(const QString &name, const QStringList &programs, QWidget *parent = nullptr);

signals:
    void accepted(const QString &command); // empty: what the desktop takes

private:
    QComboBox *m_command;
};

} // namespace ui
