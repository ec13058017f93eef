// ConnectionDefaultsPage: what holds for sessions that do not say otherwise: how long to wait.

#pragma once

#include "ui/settings/SettingsPage.h"

class QSpinBox;

namespace settings {
class Settings;
}

namespace ui {

class ConnectionDefaultsPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit ConnectionDefaultsPage(settings::Settings &settings, QWidget *parent = nullptr);

    void load() override;

private:
    settings::Settings &m_settings;
    QSpinBox *m_connectTimeout;
    QSpinBox *m_keepAlive;
    QSpinBox *m_keepAliveCount;
};

} // namespace ui
