// TransfersPage: how files are copied: what becomes of symbolic links and of files
// that are there already, what is kept and checked.

#pragma once

#include "ui/settings/SettingsPage.h"

class QCheckBox;
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
    void createLinks();
    void createConflicts();
    void createChecks();

    settings::Settings &m_settings;
    QComboBox *m_links;
    QComboBox *m_conflicts;
    QCheckBox *m_preserve;
    QCheckBox *m_verify;
    QCheckBox *m_flush;
};

} // namespace ui
