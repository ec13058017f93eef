// HostKeyChangedSheet: tells that a server showed a key which contradicts the known one, or which
// was revoked. The connection has ended: there is nothing to accept here.

#pragma once

#include "ssh/Connection.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class HostKeyChangedSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit HostKeyChangedSheet(const ssh::HostKeyRefusal &refusal, QWidget *parent = nullptr);

private:
    void copyDetails() const;

    QString m_details;
};

} // namespace ui
