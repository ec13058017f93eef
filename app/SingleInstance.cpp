#include "app/SingleInstance.h"

#include "base/UnixSocket.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTimer>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int messageVersion = 1;
constexpr qsizetype longestMessage = qsizetype{16} * 1024;
constexpr qsizetype longestTarget = 4096;
constexpr qsizetype longestToken = 512;
constexpr qsizetype mostClients = 16;
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

base::UniqueFd connectedTo(const QString &path)
{
    const auto address = base::unixAddress(path);
    if (!address) {
        return {};
    }
    base::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
    const bool isReady = socket.isValid()
        && setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0
        && setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0
        && ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address)
            == 0
        && base::isOfOurUser(socket.get());
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

// One that has not said everything.
class SingleInstance::Client final : public QObject
{
public:
    Client(base::UniqueFd socket, QObject *parent)
        : QObject(parent)
        , m_socket(std::move(socket))
    {
    }

    int socket() const { return m_socket.get(); }
    QSocketNotifier &readable() { return m_readable; }

    // What it has said so far.
    QByteArray said;

private:
    base::UniqueFd m_socket;
    QSocketNotifier m_readable{m_socket.get(), QSocketNotifier::Read}; // it goes first
};

SingleInstance::SingleInstance(QObject *parent)
    : QObject(parent)
{
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
    QFile::remove(socketPath); // of one that crashed
    auto opened = forward::ListeningSocket::open({{}, 0, socketPath});
    if (!opened) {
        return false;
    }
    m_listener = std::move(*opened);
    m_listener->start([this](forward::Client client) { serve(std::move(client.socket)); });
    return true;
}

// The directory is for our user alone, but the other end is asked all the same.
void SingleInstance::serve(base::UniqueFd socket)
{
    if (!base::isOfOurUser(socket.get()) || m_clients.children().size() >= mostClients) {
        return; // it is closed
    }
    auto *client = new Client(std::move(socket), &m_clients);
    connect(&client->readable(), &QSocketNotifier::activated, this,
            [this, client] { read(*client); });
    QTimer::singleShot(patience, client, &QObject::deleteLater); // who says nothing
}

void SingleInstance::read(Client &client)
{
    std::array<char, 4096> bytes;
    const ssize_t count = ::recv(client.socket(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    client.said.append(bytes.data(), std::max<ssize_t>(count, 0));
    const qsizetype end = client.said.indexOf('\n');
    if (count > 0 && end < 0 && client.said.size() < longestMessage) {
        return; // the rest is on its way
    }
    client.readable().setEnabled(false);
    client.deleteLater(); // closes the connection
    const auto message = end < 0 ? std::nullopt : messageFrom(client.said.first(end));
    if (message) {
        ::send(client.socket(), taken.data(), taken.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        emit received(*message);
    }
}

} // namespace app
