// HostKeyChangedSheet: tells that a server showed a key which contradicts the known one, or which
// was revoked. The connection has ended: there is nothing to accept here.
//
// A changed key can take the place of the known one, if the user types or pastes its fingerprint,
// as told by whoever runs the server. Then he may connect again.

#pragma once

#include "base/Result.h"
#include "hostkeys/KnownHostsEdit.h"
#include "ssh/Connection.h"
#include "ui/widgets/Sheet.h"

class QPushButton;
class QVBoxLayout;

namespace ui {

class FingerprintField;
class PlainLabel;

class HostKeyChangedSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit HostKeyChangedSheet(const ssh::HostKeyRefusal &refusal, QWidget *parent = nullptr);

signals:
    // The known_hosts files hold the new key now. The sheet goes away.
    void replaced(const ssh::HostKeyRefusal &refusal);

private:
    void createReplacement(QVBoxLayout &layout);
    QLayout *createButtons();
    void copyDetails() const;
    void replace();
    void handleReplaced(const base::Result<QList<hostkeys::FileChange>> &changes);

    ssh::HostKeyRefusal m_refusal;
    QString m_details;
    FingerprintField *m_expected = nullptr; // these are there for a changed key only
    PlainLabel *m_failure = nullptr;
    QPushButton *m_replace = nullptr;
};

} // namespace ui
