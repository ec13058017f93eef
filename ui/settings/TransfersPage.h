// TransfersPage: how files are copied: what becomes of symbolic links.

#pragma once

#include "ui/settings/SettingsPage.h"

class QComboBox;

namespace settings {
class Settings;
}

namespace ui {

class TransfersPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit TransfersPage(settings::Settings &settings, QWidget *parent = nullptr);

    void load() override;

private:
    void createFields();

    settings::Settings &m_settings;
    QComboBox *m_links;
};

} // namespace ui
