#include "synchronize/TreeWatch.h"

#include "base/UniqueFd.h"
#include "files/LocalDirectory.h"

#include <QFile>
#include <QSocketNotifier>
#include <QtConcurrent>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;

constexpr uint32_t mask = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE
    | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;

constexpr int mostQuietTimes = 10; // then it is told although changes go on

QByteArray joined(const QByteArray &directory, const QByteArray &name)
{
    return directory.isEmpty() ? name : directory + '/' + name;
}

// As sysctl(8) says it: "fs.inotify.max_user_watches = 65536".
QString limitText(const QString &name)
{
    QFile file(u"/proc/sys/fs/inotify/"_s + name);
    const QByteArray value = file.open(QFile::ReadOnly) ? file.readAll().trimmed() : "?";
    return u"fs.inotify."_s + name + u" = "_s + QString::fromLatin1(value);
}

Error watchError(int code, const files::FilePath &path)
{
    Error error = Error::fromErrno(code, u"watch"_s, path.toDisplay());
    if (code == ENOSPC || code == EMFILE) { // inotify_add_watch(2), inotify_init(2)
        error.kind = ErrorKind::NoSpace;
        error.quote = limitText(code == ENOSPC ? u"max_user_watches"_s : u"max_user_instances"_s);
    }
    return error;
}

} // namespace

struct TreeWatch::Shared
{
    base::UniqueFd inotify;
    std::atomic_bool isOver = false;
};

struct TreeWatch::Scan
{
    std::vector<std::pair<int, QByteArray>> watches;
    std::optional<Error> error;
};

TreeWatch::TreeWatch(files::FilePath root, const FilterRules &filter,
                     std::chrono::milliseconds quietTime, QObject *parent)
    : QObject(parent)
    , m_root(std::move(root))
    , m_filter(filter)
    , m_shared(std::make_shared<Shared>())
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(quietTime);
    connect(&m_rest, &QTimer::timeout, this, &TreeWatch::tell);
}

TreeWatch::~TreeWatch()
{
    m_shared->isOver = true;
}

void TreeWatch::start()
{
    m_shared->inotify = base::UniqueFd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!m_shared->inotify.isValid()) {
        fail(watchError(errno, m_root));
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_shared->inotify.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &TreeWatch::readEvents);
    m_unscanned.push_back({});
    scanNext();
}

// A directory is watched before it is read: what is made in it meanwhile is seen by one of the two.
TreeWatch::Scan TreeWatch::scan(const Shared &shared, const files::FilePath &root,
                                const PathFilter &filter, const QByteArray &path)
{
    Scan found;
    std::vector<QByteArray> waiting{path};
    while (!waiting.empty() && !shared.isOver) {
        const QByteArray directory = std::move(waiting.back());
        waiting.pop_back();
        const files::FilePath full = directory.isEmpty() ? root : root.child(directory);
        const int watch = ::inotify_add_watch(shared.inotify.get(), full.bytes().constData(), mask);
        if (watch < 0 && (errno == ENOSPC || directory.isEmpty())) {
            found.error = watchError(errno, full);
            return found;
        }
        const auto opened = files::LocalDirectory::open(AT_FDCWD, full.bytes(),
                                                        files::LocalDirectory::Links::Refuse);
        if (watch < 0 || !opened) {
            continue; // it is gone, or closed to us: a comparison tells that
        }
        found.watches.emplace_back(watch, directory);
        for (const QByteArray &name : opened->names().value_or(QList<QByteArray>())) {
            struct stat status = {};
            const QByteArray inner = joined(directory, name);
            const bool isDirectory
                = ::fstatat(opened->descriptor(), name.constData(), &status, AT_SYMLINK_NOFOLLOW)
                    == 0
                && S_ISDIR(status.st_mode);
            if (isDirectory && !filter.excludes(inner, PathFilter::Kind::Directory)) {
                waiting.push_back(inner);
            }
        }
    }
    return found;
}

void TreeWatch::scanNext()
{
    if (m_isScanning || m_unscanned.empty() || m_notifier == nullptr) {
        return;
    }
    m_isScanning = true;
    m_notifier->setEnabled(false);
    const QByteArray path = std::move(m_unscanned.front());
    m_unscanned.pop_front();
    QtConcurrent::run([shared = m_shared, root = m_root, filter = m_filter, path] {
        return std::make_shared<Scan>(scan(*shared, root, filter, path));
    }).then(this, [this](const std::shared_ptr<Scan> &found) { handleScan(*found); });
}

void TreeWatch::handleScan(const Scan &scan)
{
    m_isScanning = false;
    if (scan.error) {
        fail(*scan.error);
        return;
    }
    for (const auto &[watch, path] : scan.watches) {
        m_paths.insert(watch, path);
        if (m_hasStarted) { // what was put into a new one before it was watched, nobody has seen
            note(path);
        }
    }
    if (!m_unscanned.empty()) {
        scanNext();
        return;
    }
    m_notifier->setEnabled(true);
    if (!std::exchange(m_hasStarted, true)) {
        emit started();
    }
}

void TreeWatch::readEvents()
{
    alignas(inotify_event) std::array<char, size_t{64} * 1024> buffer;
    while (!m_isScanning && m_notifier != nullptr) {
        const ssize_t count = ::read(m_shared->inotify.get(), buffer.data(), buffer.size());
        if (count <= 0) {
            return; // nothing more, for now
        }
        for (size_t offset = 0; offset + sizeof(inotify_event) <= static_cast<size_t>(count);) {
            inotify_event event = {};
            std::memcpy(&event, buffer.data() + offset, sizeof event);
            const char *name = buffer.data() + offset + sizeof event;
            handleEvent(event, event.len > 0 ? QByteArray(name) : QByteArray());
            offset += sizeof event + event.len;
        }
        scanNext();
    }
}

void TreeWatch::handleEvent(const inotify_event &event, const QByteArray &name)
{
    if ((event.mask & IN_Q_OVERFLOW) != 0) { // directories may have come as well
        m_isEverything = true;
        m_unscanned.push_back({});
        note({});
        return;
    }
    const auto known = m_paths.constFind(event.wd);
    if (known == m_paths.constEnd()) {
        return;
    }
    const QByteArray directory = *known;
    if ((event.mask & IN_IGNORED) != 0) {
        m_paths.remove(event.wd);
    }
    const bool isItself = (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0;
    if (isItself && directory.isEmpty()) {
        fail(watchError(ENOENT, m_root));
    } else if (!name.isEmpty()) {
        handleEntry(event.mask, directory, name);
    }
}

void TreeWatch::handleEntry(quint32 events, const QByteArray &directory, const QByteArray &name)
{
    const QByteArray path = joined(directory, name);
    const bool isDirectory = (events & IN_ISDIR) != 0;
    const auto kind = isDirectory ? PathFilter::Kind::Directory : PathFilter::Kind::File;
    if (m_filter.excludes(path, kind) || (!isDirectory && !m_filter.includes(path, kind))) {
        return;
    }
    if (isDirectory && (events & IN_MOVED_FROM) != 0) {
        forget(path);
    }
    if (isDirectory && (events & (IN_CREATE | IN_MOVED_TO)) != 0) {
        m_unscanned.push_back(path);
    }
    note(directory);
}

// Its watches stay with it wherever it goes, and would be taken for those of its old path.
void TreeWatch::forget(const QByteArray &directory)
{
    for (auto watch = m_paths.begin(); watch != m_paths.end();) {
        const QByteArray &path = watch.value();
        if (path == directory || path.startsWith(directory + '/')) {
            ::inotify_rm_watch(m_shared->inotify.get(), watch.key());
            watch = m_paths.erase(watch);
        } else {
            ++watch;
        }
    }
}

void TreeWatch::note(const QByteArray &directory)
{
    if (m_changed.isEmpty()) {
        m_sinceFirst.start();
    }
    m_changed.insert(directory);
    if (!m_rest.isActive()
        || m_sinceFirst.durationElapsed() < mostQuietTimes * m_rest.intervalAsDuration()) {
        m_rest.start();
    }
}

void TreeWatch::tell()
{
    const auto directories = std::exchange(m_changed, {});
    emit changed(QByteArrayList(directories.cbegin(), directories.cend()),
                 std::exchange(m_isEverything, false));
}

void TreeWatch::fail(const Error &reason)
{
    if (m_notifier != nullptr) { // it may be in the middle of its own signal
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    m_rest.stop();
    m_shared->isOver = true;
    emit failed(reason);
}

} // namespace synchronize
