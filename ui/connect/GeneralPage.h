// GeneralPage: where a session leads, and what the user calls it.

#pragma once

#include "ui/connect/ProfilePage.h"

class QSpinBox;

namespace ui {

class GeneralPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit GeneralPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    QString problem() const override;

private:
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_name;
    QPlainTextEdit *m_notes;
};

} // namespace ui
