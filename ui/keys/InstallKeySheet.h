// InstallKeySheet: on which server to install a key: an open connection or a saved session.

#pragma once

#include "profiles/Profile.h"
#include "ssh/Connection.h"
#include "ui/keys/FormSheet.h"

#include <QList>
#include <QPointer>

class QComboBox;

namespace ui {

// Where a key can go. One of the two is set.
struct InstallTarget
{
    QString title;
    QPointer<ssh::Connection> connection = {}; // that is Ready
    std::optional<profiles::Profile> profile = {};
};

class InstallKeySheet final : public FormSheet
{
    Q_OBJECT

public:
    // `targets` is not empty.
    InstallKeySheet(const QString &keyTitle, QList<InstallTarget> targets,
                    QWidget *parent = nullptr);

signals:
    void accepted(const ui::InstallTarget &target);

protected:
    void submit() override;

private:
    QList<InstallTarget> m_targets;
    QComboBox *m_choice;
};

} // namespace ui
