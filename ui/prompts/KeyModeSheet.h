// KeyModeSheet: the server would take a key, but others may read or change its file. Mends the
// mode, or goes on without the key.

#pragma once

#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class KeyModeSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit KeyModeSheet(const ssh::KeyModeQuestion &question, QWidget *parent = nullptr);

signals:
    void mendChosen();
};

} // namespace ui
