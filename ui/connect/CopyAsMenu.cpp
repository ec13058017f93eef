#include "ui/connect/CopyAsMenu.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/SessionCommand.h"

#include <QClipboard>
#include <QGuiApplication>

#include <utility>

namespace ui {

using profiles::ClientProgram;

CopyAsMenu::CopyAsMenu(const profiles::ProfileStore &store, Source source, QWidget *parent)
    : QMenu(tr("Copy as"), parent)
    , m_store(store)
    , m_source(std::move(source))
{
    setObjectName(QStringLiteral("copyAsMenu"));
    add(ClientProgram::Ssh, tr("ssh command"), QStringLiteral("copyAsSsh"));
    add(ClientProgram::Sftp, tr("sftp command"), QStringLiteral("copyAsSftp"));
    add(ClientProgram::Scp, tr("scp command"), QStringLiteral("copyAsScp"));
}

void CopyAsMenu::add(ClientProgram program, const QString &text, const QString &objectName)
{
    QAction *action = addAction(text);
    action->setObjectName(objectName);
    connect(action, &QAction::triggered, this, [this, program] { copy(program); });
}

void CopyAsMenu::copy(ClientProgram program)
{
    const auto profile = m_source();
    if (!profile) {
        return;
    }
    const auto effective = profiles::EffectiveProfile::of(*profile, m_store).profile;
    const auto line = profiles::commandLine(program, effective, m_store);
    if (!line) {
        emit failed(line.error());
        return;
    }
    QGuiApplication::clipboard()->setText(*line);
    emit copied(*line);
}

} // namespace ui
