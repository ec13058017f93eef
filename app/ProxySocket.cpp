#include "app/ProxySocket.h"

#include "base/UnixSocket.h"
#include "base/WireReader.h"
#include "base/WireWriter.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace app::proxysocket {
namespace {

using base::Error;
using base::ErrorKind;

constexpr quint32 mostBytes = 4096; // of a wish
constexpr qsizetype lengthBytes = 4;

base::Failure<Error> failure(ErrorKind kind, const QString &subject, const QString &detail)
{
    Error error;
    error.kind = kind;
    error.operation = u"use the private socket in"_s;
    error.subject = subject;
    error.detail = detail;
    return base::Failure(error);
}

base::Failure<Error> systemFailure(const QString &subject)
{
    return base::Failure(Error::fromErrno(errno, u"use the private socket in"_s, subject));
}

} // namespace

base::Result<QString> path()
{
    const QString runtime = QFile::decodeName(qgetenv("XDG_RUNTIME_DIR"));
    if (!runtime.startsWith(u'/')) {
        return failure(ErrorKind::NotFound, u"XDG_RUNTIME_DIR"_s, u"it is not set"_s);
    }
    const QString directory = runtime + u"/ponto"_s;
    const QByteArray name = QFile::encodeName(directory);
    if (::mkdir(name.constData(), S_IRWXU) != 0 && errno != EEXIST) {
        return systemFailure(directory);
    }
    struct stat status{};
    if (::lstat(name.constData(), &status) != 0) {
        return systemFailure(directory);
    }
    const bool isPrivate = S_ISDIR(status.st_mode) && status.st_uid == ::geteuid()
        && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    if (!isPrivate) {
        return failure(ErrorKind::PermissionDenied, directory,
                       u"it is no directory that only its owner can open"_s);
    }
    return directory + u"/proxy"_s;
}

base::Result<base::UniqueFd> connectTo(const QString &path)
{
    auto socket = base::connectToUnixSocket(path);
    if (!socket) {
        const int code = socket.error().code;
        return code == ECONNREFUSED || code == ENOENT
            ? failure(ErrorKind::NotFound, path, u"nobody listens there"_s)
            : base::Failure(socket.error());
    }
    if (!base::isOfOurUser(socket->get())) {
        return failure(ErrorKind::PermissionDenied, path, u"another user listens there"_s);
    }
    return socket;
}

QByteArray encoded(const ProxyWish &wish)
{
    base::WireWriter fields;
    fields.string(wish.session.toUtf8()).string(wish.host).uint32(wish.port);
    base::WireWriter message;
    message.string(fields.take());
    return message.take();
}

std::optional<ProxyWish> decoded(QByteArrayView bytes, qsizetype &taken)
{
    base::WireReader message(bytes);
    const auto length = message.uint32();
    if (!length) {
        return std::nullopt;
    }
    if (*length > mostBytes) {
        return ProxyWish();
    }
    const auto fields = message.bytes(*length);
    if (!fields) {
        return std::nullopt;
    }
    taken = lengthBytes + fields->size();
    base::WireReader reader(*fields);
    const auto session = reader.string();
    const auto host = reader.string();
    const auto port = reader.uint32();
    const bool isVisible = host && !host->isEmpty()
        && std::ranges::all_of(*host, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!session || !isVisible || !port || *port == 0 || *port > 65535 || !reader.isAtEnd()) {
        return ProxyWish();
    }
    return ProxyWish{QString::fromUtf8(*session), host->toByteArray(), static_cast<quint16>(*port)};
}

} // namespace app::proxysocket
