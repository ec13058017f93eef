// HostKeySheet: shows a host key that is not known, in every form in which people compare keys, and
// asks whether to go on.
//
// Cancel has the focus. An expected fingerprint that differs from the key's disables accepting.

#pragma once

#include "hostkeys/Fingerprint.h"
#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

class QLineEdit;
class QPushButton;

namespace ui {

class PlainLabel;

class HostKeySheet final : public Sheet
{
    Q_OBJECT

public:
    // `expected` fills the field for the expected fingerprint, for example from a URL.
    HostKeySheet(const ssh::HostKeyQuestion &question, const QString &expected,
                 QWidget *parent = nullptr);

signals:
    void accepted(ssh::HostKeyAnswer answer);

protected:
    void changeEvent(QEvent *event) override;

private:
    QLayout *createComparison(const QString &expected);
    QLayout *createButtons();
    QPushButton *createAcceptButton(const QString &text, ssh::HostKeyAnswer answer);
    void compare();

    hostkeys::Fingerprint m_fingerprint;
    QLineEdit *m_expected = nullptr;
    PlainLabel *m_comparison = nullptr;
    QPushButton *m_acceptOnce = nullptr;
    QPushButton *m_acceptSave = nullptr;
};

} // namespace ui
