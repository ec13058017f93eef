#include "app/SingleInstance.h"

#include "base/UniqueFd.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTimer>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <optional>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int messageVersion = 1;
constexpr qsizetype longestMessage = qsizetype{16} * 1024;
constexpr qsizetype longestTarget = 4096;
constexpr qsizetype longestToken = 512;
constexpr int mostClients = 16;
constexpr std::chrono::seconds patience{3};
constexpr QByteArrayView taken("ok\n");

QByteArray bytesOf(const WindowMessage &message)
{
    const QJsonObject object{{u"version"_s, messageVersion},
                             {u"target"_s, message.target},
                             {u"token"_s, message.activationToken}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<WindowMessage> messageFrom(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const WindowMessage message{object.value("target"_L1).toString(),
                                object.value("token"_L1).toString()};
    const bool isOurs = object.value("version"_L1).toInt() == messageVersion
        && object.value("target"_L1).isString() && message.target.size() <= longestTarget
        && message.activationToken.size() <= longestToken;
    return isOurs ? std::optional(message) : std::nullopt;
}

// The directory is for our user alone, but the other end is asked all the same.
bool isOwnUser(int descriptor)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == getuid();
}

base::UniqueFd connectedTo(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    if (name.isEmpty() || name.size() >= static_cast<qsizetype>(sizeof address.sun_path)) {
        return {};
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    base::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
    const bool isReady = socket.isValid()
        && setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0
        && setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0
        && ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0
        && isOwnUser(socket.get());
    return isReady ? std::move(socket) : base::UniqueFd();
}

// For our user alone, whatever was there before.
bool makePrivate(const QString &directory)
{
    const QByteArray name = QFile::encodeName(directory);
    struct stat status{};
    mkdir(name.constData(), S_IRWXU);
    return lstat(name.constData(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == getuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

} // namespace

SingleInstance::SingleInstance(QObject *parent)
    : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(mostClients);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            serve(socket);
        }
    });
}

SingleInstance::~SingleInstance() = default;

QString SingleInstance::socketPath(const QString &configDirectory)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!QDir::isAbsolutePath(runtime)) {
        return {};
    }
    const QByteArray place = QFile::encodeName(QFileInfo(configDirectory).absoluteFilePath());
    const QByteArray hash
        = QCryptographicHash::hash(configDirectory.isEmpty() ? QByteArray() : place,
                                   QCryptographicHash::Sha256)
              .toHex()
              .first(16);
    return runtime + u"/ponto/window-"_s + QString::fromLatin1(hash);
}

bool SingleInstance::handOver(const QString &socketPath, const WindowMessage &message)
{
    const base::UniqueFd socket = connectedTo(socketPath);
    const QByteArray bytes = bytesOf(message);
    if (!socket.isValid()
        || send(socket.get(), bytes.constData(), static_cast<std::size_t>(bytes.size()),
                MSG_NOSIGNAL)
            != bytes.size()) {
        return false;
    }
    std::array<char, taken.size()> answer{};
    const ssize_t got = recv(socket.get(), answer.data(), answer.size(), MSG_WAITALL);
    return got == taken.size() && QByteArrayView(answer) == taken;
}

bool SingleInstance::listen(const QString &socketPath)
{
    if (socketPath.isEmpty() || !makePrivate(QFileInfo(socketPath).path())) {
        return false;
    }
    m_lock = std::make_unique<QLockFile>(socketPath + u".lock"_s);
    m_lock->setStaleLockTime(0); // for days, perhaps
    if (!m_lock->tryLock()) {
        m_lock.reset();
        return false;
    }
    QLocalServer::removeServer(socketPath); // of one that crashed
    return m_server.listen(socketPath);
}

void SingleInstance::serve(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    if (!isOwnUser(static_cast<int>(socket->socketDescriptor()))
        || m_server.findChildren<QLocalSocket *>().size() > mostClients) {
        socket->abort();
        return;
    }
    socket->setReadBufferSize(longestMessage);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
    QTimer::singleShot(patience, socket, &QLocalSocket::abort); // who says nothing
    read(socket);
}

void SingleInstance::read(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() >= longestMessage) {
            socket->abort();
        }
        return;
    }
    const auto message = messageFrom(socket->readLine(longestMessage));
    socket->disconnect(this);
    if (!message) {
        socket->abort();
        return;
    }
    socket->write(taken.data(), taken.size());
    socket->disconnectFromServer();
    emit received(*message);
}

} // namespace app
