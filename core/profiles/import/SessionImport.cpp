#include "profiles/import/SessionImport.h"

#include "profiles/import/CsvImport.h"
#include "profiles/import/FileZillaImport.h"
#include "profiles/import/OpenSshImport.h"
#include "profiles/import/PontoImport.h"
#include "profiles/import/PuttyImport.h"
#include "profiles/import/WinScpImport.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

constexpr qint64 largestFileBytes = qint64{32} * 1024 * 1024;
constexpr qint64 largestSessionBytes = qint64{256} * 1024; // of PuTTY's, one a file
constexpr qint64 headBytes = 512;

using Imported = base::Result<ImportedSessions, ImportProblem>;

base::Result<QByteArray, ImportProblem> contentOf(const QString &path, qint64 limitBytes)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return base::Failure(ImportProblem::NotFound);
    }
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) { // nor a pipe, which would block
        return base::Failure(ImportProblem::NotReadable);
    }
    const QByteArray content = file.read(limitBytes + 1);
    if (file.error() != QFileDevice::NoError) {
        return base::Failure(ImportProblem::NotReadable);
    }
    if (content.size() > limitBytes) {
        return base::Failure(ImportProblem::TooLarge);
    }
    return content;
}

Imported puttyDirectory(const QString &path)
{
    ImportedSessions result;
    QDirIterator files(path, QDir::Files | QDir::Readable | QDir::Hidden);
    while (files.hasNext()) {
        const QFileInfo info = files.nextFileInfo();
        ImportedSession session = importedSession();
        if (const auto content = contentOf(info.filePath(), largestSessionBytes)) {
            session = puttySession(QFile::encodeName(info.fileName()), *content);
        } else {
            session.setName(info.fileName());
            session.hinder(ImportedSession::Obstacle::Incomplete);
        }
        if (!result.add(std::move(session))) {
            break;
        }
    }
    std::ranges::sort(result.sessions, {},
                      [](const ImportedSession &session) { return session.profile.name; });
    return result;
}

Imported parsed(ImportFormat format, const QByteArray &content)
{
    std::optional<ImportedSessions> sessions;
    switch (format) {
    case ImportFormat::Putty:
        sessions = puttyRegistry(content);
        break;
    case ImportFormat::FileZilla:
        sessions = fileZillaSites(content);
        break;
    case ImportFormat::WinScp:
        sessions = winScpSites(content);
        break;
    case ImportFormat::Csv:
        sessions = csvSessions(content);
        break;
    case ImportFormat::Ponto:
        sessions = pontoSessions(content);
        break;
    case ImportFormat::OpenSsh:
        break; // several files, read elsewhere
    }
    return sessions ? Imported(*sessions) : base::Failure(ImportProblem::OtherFormat);
}

Imported read(ImportFormat format, const QString &path)
{
    if (format == ImportFormat::OpenSsh) {
        const auto content = contentOf(path, largestFileBytes); // that there is one
        return content ? Imported(openSshSessions({path, QDir::homePath()}))
                       : base::Failure(content.error());
    }
    if (format == ImportFormat::Putty && QFileInfo(path).isDir()) {
        return puttyDirectory(path);
    }
    const auto content = contentOf(path, largestFileBytes);
    return content ? parsed(format, *content) : base::Failure(content.error());
}

} // namespace

QString usualPlace(ImportFormat format)
{
    const QString home = QDir::homePath();
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    QStringList places;
    switch (format) {
    case ImportFormat::OpenSsh:
        places = {home + u"/.ssh/config"_s};
        break;
    case ImportFormat::Putty:
        places = {config + u"/putty/sessions"_s, home + u"/.putty/sessions"_s};
        break;
    case ImportFormat::FileZilla:
        places
            = {config + u"/filezilla/sitemanager.xml"_s, home + u"/.filezilla/sitemanager.xml"_s};
        break;
    case ImportFormat::WinScp:
    case ImportFormat::Csv:
    case ImportFormat::Ponto:
        break;
    }
    for (const QString &place : places) {
        if (QFileInfo::exists(place)) {
            return place;
        }
    }
    return {};
}

ImportFormat guessedFormat(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return ImportFormat::Putty;
    }
    QFile file(path);
    const QString head = info.isFile() && file.open(QIODevice::ReadOnly)
        ? importedText(file.read(headBytes)).trimmed()
        : QString();
    const QString suffix = info.suffix().toLower();
    if (head.startsWith("Windows Registry Editor"_L1) || head.startsWith("REGEDIT"_L1)) {
        return ImportFormat::Putty;
    }
    if (head.startsWith(u'<')) {
        return ImportFormat::FileZilla;
    }
    if (head.startsWith(u'{')) {
        return ImportFormat::Ponto;
    }
    if (suffix == "ini"_L1 || head.contains("[Sessions\\"_L1)
        || head.contains("[Configuration\\"_L1)) {
        return ImportFormat::WinScp;
    }
    const bool isTable = suffix == "csv"_L1 || suffix == "tsv"_L1 || suffix == "txt"_L1;
    return isTable || !head.contains("Host "_L1) ? ImportFormat::Csv : ImportFormat::OpenSsh;
}

Imported importSessions(ImportFormat format, const QString &path)
{
    Imported result = read(format, path);
    if (result && result->sessions.isEmpty()) {
        return base::Failure(ImportProblem::Empty);
    }
    return result;
}

} // namespace profiles
