// HostKeySheet: shows a host key that is not known, in every form in which people compare keys, and
// asks whether to go on.
//
// Cancel has the focus. An expected fingerprint that differs from the key's disables accepting.

#pragma once

#include "hostkeys/Fingerprint.h"
#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

class QPushButton;

namespace ui {

class HostKeySheet final : public Sheet
{
    Q_OBJECT

public:
    // `expected` fills the field for the expected fingerprint, for example from a URL.
    HostKeySheet(const ssh::HostKeyQuestion &question, const QString &expected,
                 QWidget *parent = nullptr);

signals:
    void accepted(ssh::HostKeyAnswer answer);

private:
    QLayout *createButtons();
    QPushButton *createAcceptButton(const QString &text, ssh::HostKeyAnswer answer);
    void handleComparison(hostkeys::Fingerprint::Comparison comparison);

    QPushButton *m_acceptOnce = nullptr;
    QPushButton *m_acceptSave = nullptr;
};

} // namespace ui
