// HostKeyDefaultsPage: how servers are told apart that no session says more about: what happens to
// unknown host keys, which files hold the known ones, and how they are written.

#pragma once

#include "ui/settings/SettingsPage.h"

class QCheckBox;
class QComboBox;
class QLayout;
class QPlainTextEdit;

namespace settings {
class Settings;
}

namespace ui {

class PlainLabel;

class HostKeyDefaultsPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit HostKeyDefaultsPage(settings::Settings &settings, QWidget *parent = nullptr);

    void load() override;

private:
    void createPolicy();
    QLayout *createFiles();
    void chooseFiles();
    void storeFiles();

    settings::Settings &m_settings;
    QComboBox *m_policy;
    QPlainTextEdit *m_files;
    PlainLabel *m_problem;
    QCheckBox *m_hash;
};

} // namespace ui
