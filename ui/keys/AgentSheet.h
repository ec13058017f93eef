// AgentSheet: how long the agent is to keep a key, and whether it asks before each use.

#pragma once

#include "ui/keys/FormSheet.h"

#include <chrono>
#include <optional>

class QCheckBox;
class QComboBox;

namespace ui {

class AgentSheet final : public FormSheet
{
    Q_OBJECT

public:
    explicit AgentSheet(const QString &keyFile, QWidget *parent = nullptr);

signals:
    void accepted(std::optional<std::chrono::seconds> lifetime, bool needsConfirmation);

protected:
    void submit() override;

private:
    QComboBox *m_lifetime;
    QCheckBox *m_confirm;
};

} // namespace ui
