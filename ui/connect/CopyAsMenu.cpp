#include "ui/connect/CopyAsMenu.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ParamikoScript.h"
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
    const auto line = [this](ClientProgram program) {
        return [this, program](const profiles::Profile &profile) {
            return profiles::commandLine(program, profile, m_store);
        };
    };
    add(tr("ssh command"), QStringLiteral("copyAsSsh"), line(ClientProgram::Ssh));
    add(tr("sftp command"), QStringLiteral("copyAsSftp"), line(ClientProgram::Sftp));
    add(tr("scp command"), QStringLiteral("copyAsScp"), line(ClientProgram::Scp));
    add(tr("Python script (Paramiko)"), QStringLiteral("copyAsParamiko"),
        [this](const profiles::Profile &profile) {
            return profiles::paramikoScript(profile, m_store);
        });
}

void CopyAsMenu::add(const QString &text, const QString &objectName, const Writer &writer)
{
    QAction *action = addAction(text);
    action->setObjectName(objectName);
    connect(action, &QAction::triggered, this, [this, writer] { copy(writer); });
}

void CopyAsMenu::copy(const Writer &writer)
{
    const auto profile = m_source();
    if (!profile) {
        return;
    }
    const auto text = writer(profiles::EffectiveProfile::of(*profile, m_store).profile);
    if (!text) {
        emit failed(text.error());
        return;
    }
    QGuiApplication::clipboard()->setText(*text);
    emit copied(*text);
}

} // namespace ui
