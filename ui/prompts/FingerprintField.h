// FingerprintField: where the user types or pastes the fingerprint that a host key should have, and
// reads whether it has.

#pragma once

#include "hostkeys/Fingerprint.h"

#include <QWidget>

class QLineEdit;

namespace ui {

class PlainLabel;

class FingerprintField final : public QWidget
{
    Q_OBJECT

public:
    using Comparison = hostkeys::Fingerprint::Comparison;

    // `name` is the object name of the line edit, which is where the focus goes.
    FingerprintField(const hostkeys::HostKey &key, const QString &name, const QString &placeholder,
                     QWidget *parent = nullptr);

    void setText(const QString &text);

    // Unreadable as long as nothing whole has been typed.
    Comparison comparison() const { return m_comparison; }

signals:
    void compared(hostkeys::Fingerprint::Comparison comparison);

protected:
    void changeEvent(QEvent *event) override;

private:
    void compare();

    hostkeys::Fingerprint m_fingerprint;
    QLineEdit *m_edit;
    PlainLabel *m_label;
    Comparison m_comparison = Comparison::Unreadable;
};

} // namespace ui
