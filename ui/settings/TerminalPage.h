// TerminalPage: how terminals look, with an example; what is chosen shows at once in all that are
// open.

#pragma once

#include "ui/settings/SettingsPage.h"

#include <memory>

class QCheckBox;
class QComboBox;
class QFontComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace settings {
class Settings;
}

namespace ui {

class ColorSchemeChoice;
class PtyInput;
class TerminalView;

class TerminalPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit TerminalPage(settings::Settings &settings, QWidget *parent = nullptr);
    ~TerminalPage() override;

    void load() override;

private:
    void createFields();
    QFormLayout *createForm();
    void createExample();
    void connectFields();
    void keepFont();
    void showExample();

    settings::Settings &m_settings;
    QCheckBox *m_systemFont;
    QFontComboBox *m_family;
    QSpinBox *m_points;
    ColorSchemeChoice *m_colors;
    QComboBox *m_cursor;
    QCheckBox *m_blinks;
    QSpinBox *m_scrollback;
    QComboBox *m_bell;
    QComboBox *m_paste;
    QCheckBox *m_closes;
    QSpinBox *m_notice;
    QLineEdit *m_recordingName;
    TerminalView *m_example;
    std::unique_ptr<PtyInput> m_exampleInput;
};

} // namespace ui
