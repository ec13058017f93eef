#include "ui/keys/InstallKeySheet.h"

#include "base/DisplayText.h"

#include <QComboBox>

namespace ui {

InstallKeySheet::InstallKeySheet(const QString &keyTitle, QList<InstallTarget> targets,
                                 QWidget *parent)
    : FormSheet(QStringLiteral("installKeySheet"), tr("Install the key %1").arg(keyTitle),
                tr("Install"), parent)
    , m_targets(std::move(targets))
    , m_choice(new QComboBox(this))
{
    for (const InstallTarget &target : std::as_const(m_targets)) {
        const QString title = base::displayText(target.title);
        m_choice->addItem(target.connection ? tr("%1 (connected)").arg(title) : title);
    }
    addField(tr("Server"), m_choice, QStringLiteral("installKeyServer"));
    addRemark(
        tr("The public key is added to ~/.ssh/authorized_keys there. Then a second connection "
           "proves that the key logs in."));
}

void InstallKeySheet::submit()
{
    emit accepted(m_targets[m_choice->currentIndex()]);
    finish();
}

} // namespace ui
