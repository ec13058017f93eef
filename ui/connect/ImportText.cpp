#include "ui/connect/ImportText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

using profiles::ImportedSession;
using profiles::ImportFormat;
using profiles::ImportProblem;
using Obstacle = ImportedSession::Obstacle;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ImportText", text);
}

QString obstacleText(const ImportedSession &session)
{
    const QString detail = base::displayText(session.obstacleDetail);
    switch (session.obstacle) {
    case Obstacle::None:
        return {};
    case Obstacle::OtherProtocol:
        return tr("It uses %1, not SSH.").arg(detail);
    case Obstacle::Template:
        return tr("These are settings for others, not a server.");
    case Obstacle::NoHost:
        return tr("It has no host.");
    case Obstacle::BadHost:
        return tr("“%1” is no host name.").arg(detail);
    case Obstacle::BadUser:
        return tr("“%1” is no user name.").arg(detail);
    case Obstacle::BadPort:
        return tr("“%1” is no port.").arg(detail);
    case Obstacle::BadRoute:
        return tr("The way to it cannot be taken over: “%1”.").arg(detail);
    case Obstacle::Incomplete:
        return tr("It cannot be read.");
    }
    return {};
}

} // namespace

QString importFormatText(ImportFormat format)
{
    switch (format) {
    case ImportFormat::OpenSsh:
        return tr("OpenSSH configuration");
    case ImportFormat::Putty:
        return tr("PuTTY");
    case ImportFormat::FileZilla:
        return tr("FileZilla");
    case ImportFormat::WinScp:
        return tr("WinSCP");
    case ImportFormat::Csv:
        return tr("Table (CSV)");
    case ImportFormat::Ponto:
        return tr("Ponto");
    }
    return {};
}

QString importProblemText(ImportProblem problem)
{
    switch (problem) {
    case ImportProblem::NotFound:
        return tr("There is no such file.");
    case ImportProblem::NotReadable:
        return tr("The file cannot be read.");
    case ImportProblem::TooLarge:
        return tr("The file is larger than any list of sessions.");
    case ImportProblem::OtherFormat:
        return tr("The file is in another format than the one chosen above. A table needs a "
                  "first line that names its columns, one of them “Host”.");
    case ImportProblem::Empty:
        return tr("There is no session in it.");
    }
    return {};
}

QString importRemark(const ImportedSession &session)
{
    if (!session.isPossible()) {
        return obstacleText(session);
    }
    QStringList remarks;
    if (!session.knownAs.isEmpty()) {
        remarks.append(tr("There already, as %1.").arg(base::displayText(session.knownAs)));
    }
    if (session.runsProgram) {
        remarks.append(tr("Starts a program on this computer to connect: %1")
                           .arg(base::displayText(session.profile.route.proxyCommand.isEmpty()
                                                      ? tr("as its group says")
                                                      : session.profile.route.proxyCommand)));
    }
    if (session.hadSecret) {
        remarks.append(tr("Its password is not taken over."));
    }
    if (!session.lost.isEmpty()) {
        remarks.append(
            tr("Without %1.").arg(base::displayText(session.lost.join(QStringLiteral(", ")))));
    }
    return remarks.join(u' ');
}

} // namespace ui
