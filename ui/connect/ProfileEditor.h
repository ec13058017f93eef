// ProfileEditor: the sheet in which a session is made or changed.

#pragma once

#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace ui {

class PlainLabel;

class ProfileEditor final : public Sheet
{
    Q_OBJECT

public:
    // A profile without a host is a new one.
    explicit ProfileEditor(const profiles::Profile &profile, QWidget *parent = nullptr);

signals:
    void saved(const profiles::Profile &profile);

private:
    void createFields();
    QFormLayout *createForm();
    QLayout *createButtons();
    void chooseKeyFiles();
    void submit();
    profiles::Profile edited() const;
    QString problem() const; // empty if all fields can be saved

    profiles::Profile m_profile;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_host = nullptr;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_user = nullptr;
    QPlainTextEdit *m_keyFiles = nullptr;
    QCheckBox *m_useAgent = nullptr;
    QCheckBox *m_useDefaultKeys = nullptr;
    QComboBox *m_policy = nullptr;
    QPlainTextEdit *m_notes = nullptr;
    PlainLabel *m_problem = nullptr;
};

} // namespace ui
