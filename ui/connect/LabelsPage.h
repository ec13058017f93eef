// LabelsPage: what a session is for: its environment class, which the window colors, and its tags,
// by which it is found.

#pragma once

#include "ui/connect/ProfilePage.h"

class QComboBox;
class QLineEdit;

namespace ui {

class LabelsPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit LabelsPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;

private:
    bool hasNoTags() const;
    void loadColor(const profiles::Profile &profile);
    void loadIcon(const profiles::Profile &profile);

    QComboBox *m_class;
    QComboBox *m_color;
    QComboBox *m_icon;
    QLineEdit *m_tags;
};

} // namespace ui
