// WindowPage: what the window does when it opens, and the units of sizes.

#pragma once

#include "ui/settings/SettingsPage.h"

class QComboBox;
class QFormLayout;

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
    void addUnits(QFormLayout &form);

    settings::Settings &m_settings;
    QComboBox *m_tabs;
    QComboBox *m_units;
};

} // namespace ui
