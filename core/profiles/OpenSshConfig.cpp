#include "profiles/OpenSshConfig.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QPromise>
#include <QStandardPaths>
#include <QThreadPool>

#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <memory>

namespace profiles {
namespace {

using namespace std::chrono_literals;
using Resolved = base::Result<OpenSshHost>;

// Editors write a file in several steps.
constexpr auto settlingTime = 200ms;

constexpr QLatin1StringView idPrefix("openssh:");

// OpenSSH reads the configuration of the user's home directory as the system has it, whatever HOME
// says (readconf.c, ssh.c). For another place it must be told, and reads no other file then.
bool isUsualPlace(const OpenSshPlace &place)
{
    const passwd *entry = getpwuid(getuid());
    return entry != nullptr
        && place.file == QString::fromLocal8Bit(entry->pw_dir) + QStringLiteral("/.ssh/config");
}

QString fileArgument(const OpenSshPlace &place)
{
    if (isUsualPlace(place)) {
        return {};
    }
    return QFileInfo::exists(place.file) ? place.file : QStringLiteral("none");
}

} // namespace

OpenSshConfig::OpenSshConfig(OpenSshPlace place, QString program, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_program(std::move(program))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settlingTime);
    connect(&m_settle, &QTimer::timeout, this, &OpenSshConfig::reload);
    const auto settle = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
}

QString OpenSshConfig::installedClient()
{
    return QStandardPaths::findExecutable(QStringLiteral("ssh"));
}

void OpenSshConfig::reload()
{
    auto promise = std::make_shared<QPromise<OpenSshConfigScan>>(); // outlives this object
    promise->future().then(this, [this](const OpenSshConfigScan &scan) { adopt(scan); });
    promise->start();
    QThreadPool::globalInstance()->start([promise, place = m_place] {
        promise->addResult(OpenSshConfigScan::read(place));
        promise->finish();
    });
}

void OpenSshConfig::load()
{
    adopt(OpenSshConfigScan::read(m_place));
}

void OpenSshConfig::adopt(const OpenSshConfigScan &scan)
{
    const bool isNew = scan.aliases != m_scan.aliases || scan.unreadable != m_scan.unreadable;
    m_scan = scan;
    watch();
    if (isNew) {
        emit changed();
    }
}

// A file that was replaced is not watched any more: so all of them again.
void OpenSshConfig::watch()
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString &path : watched) {
        if (!m_scan.sources.contains(path)) {
            m_watcher.removePath(path);
        }
    }
    for (const QString &path : std::as_const(m_scan.sources)) {
        if (!watched.contains(path) && QFileInfo::exists(path)) {
            m_watcher.addPath(path);
        }
    }
}

QFuture<Resolved> OpenSshConfig::resolve(const QString &alias, OpenSshPurpose purpose)
{
    auto promise = std::make_shared<QPromise<Resolved>>(); // held by what finishes it
    promise->start();
    if (!hasClient()) {
        QThreadPool::globalInstance()->start([promise, place = m_place, alias, purpose] {
            promise->addResult(plainOpenSshHost(place, alias, purpose));
            promise->finish();
        });
        return promise->future();
    }
    auto *resolution
        = new OpenSshResolution(m_program, fileArgument(m_place), alias, purpose, this);
    auto *watcher = new QFutureWatcher<Resolved>(resolution);
    connect(watcher, &QFutureWatcherBase::canceled, resolution, &QObject::deleteLater);
    watcher->setFuture(promise->future());
    connect(resolution, &OpenSshResolution::finished, resolution,
            [promise, resolution](const Resolved &host) {
                promise->addResult(host);
                promise->finish();
                resolution->deleteLater();
            });
    QMetaObject::invokeMethod(resolution, &OpenSshResolution::start, Qt::QueuedConnection);
    return promise->future();
}

Profile OpenSshConfig::profileFor(const QString &alias)
{
    Profile profile;
    profile.id = referenceTo(alias).id;
    profile.name = alias;
    profile.host = alias;
    return profile;
}

QString OpenSshConfig::aliasOf(const Profile &profile)
{
    return aliasOf(ProfileReference{profile.id});
}

ProfileReference OpenSshConfig::referenceTo(const QString &alias)
{
    return {idPrefix + alias};
}

QString OpenSshConfig::aliasOf(const ProfileReference &reference)
{
    const QString &id = reference.id;
    return id.startsWith(idPrefix) ? id.sliced(idPrefix.size()) : QString();
}

} // namespace profiles
