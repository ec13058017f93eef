#include "edit/CopyWatch.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <chrono>

namespace edit {
namespace {

using namespace std::chrono_literals;

constexpr auto quietTime = 300ms; // programs write a file in several steps

QByteArray hashOf(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

} // namespace

CopyWatch::CopyWatch(QString path, const QByteArray &content, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_hash(hashOf(content))
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(quietTime);
    m_watcher.addPaths({m_path, QFileInfo(m_path).path()});
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &CopyWatch::handleEvent);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &CopyWatch::handleEvent);
    connect(&m_rest, &QTimer::timeout, this, &CopyWatch::look);
}

// A file that was replaced is another one for the watcher.
void CopyWatch::handleEvent()
{
    if (!m_watcher.files().contains(m_path) && QFile::exists(m_path)) {
        m_watcher.addPath(m_path);
    }
    m_rest.start();
}

void CopyWatch::look()
{
    m_rest.stop();
    if (!m_watcher.files().contains(m_path) && QFile::exists(m_path)) {
        m_watcher.addPath(m_path);
    }
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        return; // about to be replaced: there will be another event
    }
    const QByteArray content = file.readAll();
    if (const QByteArray hash = hashOf(content); hash != m_hash) {
        m_hash = hash;
        emit changed(content);
    }
}

} // namespace edit
