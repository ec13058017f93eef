// WindowPage: what the window does when it opens.

#pragma once

#include "ui/settings/SettingsPage.h"

class QComboBox;

namespace settings {
class Settings;
}

namespace ui {

class WindowPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit WindowPage(settings::Settings &settings, QWidget *parent = nullptr);

    void load() override;

private:
    settings::Settings &m_settings;
    QComboBox *m_tabs;
};

} // namespace ui
