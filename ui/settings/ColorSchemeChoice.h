// ColorSchemeChoice: which colors terminals have: ours, or a scheme imported from a file of
// Konsole.

#pragma once

#include "terminal/ColorSchemes.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace settings {
class Settings;
}

namespace ui {

class PlainLabel;

class ColorSchemeChoice final : public QWidget
{
    Q_OBJECT

public:
    explicit ColorSchemeChoice(settings::Settings &settings, QWidget *parent = nullptr);

    void load();

    // Takes the scheme in this file and chooses it. Says why not.
    void importFile(const QString &path);

signals:
    void changed(); // it is in the settings already

private:
    void choose(const QString &value);
    void ask();
    void removeChosen();
    void tell(const QString &problem);

    settings::Settings &m_settings;
    terminal::ColorSchemes m_schemes;
    QComboBox *m_box;
    QPushButton *m_remove;
    PlainLabel *m_problem;
};

} // namespace ui
