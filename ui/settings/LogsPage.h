// LogsPage: whether the output of terminals is kept in files, where and for how long.

#pragma once

#include "ui/settings/SettingsPage.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace settings {
class Settings;
}

namespace ui {

class PlainLabel;

class LogsPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit LogsPage(settings::Settings &settings, QWidget *parent = nullptr);

    void load() override;

private:
    void createFields();
    void connectFields();
    void askForFolder();
    void showExample();

    settings::Settings &m_settings;
    QComboBox *m_form;
    QLineEdit *m_folder;
    QLineEdit *m_name;
    PlainLabel *m_example;
    QSpinBox *m_days;
    QSpinBox *m_megabytes;
};

} // namespace ui
