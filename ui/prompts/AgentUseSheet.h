// AgentUseSheet: a program on a server wants to use a key of the user's agent. Refusing has the
// focus.

#pragma once

#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class AgentUseSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit AgentUseSheet(const ssh::AgentUseQuestion &question, QWidget *parent = nullptr);

signals:
    void allowed(); // once
};

} // namespace ui
