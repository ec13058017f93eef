// ConnectionDefaultsPage: what holds for sessions that do not say otherwise: unknown host keys and
// how long to wait.

#pragma once

#include "ui/settings/SettingsPage.h"

class QComboBox;
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
    void createFields();

    settings::Settings &m_settings;
    QComboBox *m_policy;
    QSpinBox *m_connectTimeout;
    QSpinBox *m_keepAlive;
};

} // namespace ui
