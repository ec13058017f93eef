// TerminalChoicePage: how the terminals of a session look and what they are to its programs, and
// whether what they show is logged.

#pragma once

#include "ui/connect/ProfilePage.h"

class QComboBox;
class QLineEdit;

namespace settings {
class Settings;
}

namespace ui {

class InheritedNumberBox;

class TerminalChoicePage final : public ProfilePage
{
    Q_OBJECT

public:
    // Borrowed: it knows the colors that there are.
    explicit TerminalChoicePage(const settings::Settings &settings, QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addFamilies();

    QComboBox *m_colors;
    QComboBox *m_family;
    InheritedNumberBox *m_points;
    QComboBox *m_cursor;
    QComboBox *m_bell;
    InheritedNumberBox *m_scrollback;
    QLineEdit *m_type;
    QComboBox *m_log;
    bool m_hasFamilies = false;
};

} // namespace ui
