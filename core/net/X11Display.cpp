#include "net/X11Display.h"

#include "base/WireReader.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace net {
namespace {

// Families of Xau(3), from X11/X.h and X11/Xauth.h.
constexpr int localFamily = 256; // its address is a host name
constexpr int wildFamily = 65535;

constexpr int firstPort = 6000; // of display 0, X(7)
constexpr int mostDisplays = 65535 - firstPort;
constexpr qint64 largestFile = qint64{1024} * 1024;

std::optional<int> numberFrom(QStringView digits)
{
    bool isNumber = false;
    const int value = digits.toInt(&isNumber);
    const bool isPlain
        = std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber && isPlain && value <= mostDisplays ? std::optional(value) : std::nullopt;
}

base::UniqueFd connectTo(const sockaddr *address, socklen_t size)
{
    base::UniqueFd socket(
        ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const bool isUnderWay
        = socket.isValid() && (::connect(socket.get(), address, size) == 0 || errno == EINPROGRESS);
    return isUnderWay ? std::move(socket) : base::UniqueFd();
}

struct Entry // of an authority file
{
    int family = 0;
    QByteArrayView address;
    QByteArrayView number; // in decimal; empty: any
    QByteArrayView protocol;
    QByteArrayView cookie;
};

std::optional<int> shortFrom(base::WireReader &reader)
{
    const auto bytes = reader.bytes(2);
    return bytes ? std::optional(quint8(bytes->at(0)) << 8 | quint8(bytes->at(1))) : std::nullopt;
}

std::optional<QByteArrayView> fieldFrom(base::WireReader &reader)
{
    const auto size = shortFrom(reader);
    return size ? reader.bytes(*size) : std::nullopt;
}

std::optional<Entry> entryFrom(base::WireReader &reader)
{
    const auto family = shortFrom(reader);
    const auto address = fieldFrom(reader);
    const auto number = fieldFrom(reader);
    const auto protocol = fieldFrom(reader);
    const auto cookie = fieldFrom(reader);
    if (!family || !address || !number || !protocol || !cookie) {
        return std::nullopt;
    }
    return Entry{*family, *address, *number, *protocol, *cookie};
}

} // namespace

std::optional<X11Display> X11Display::parse(QStringView name)
{
    const qsizetype colon = name.lastIndexOf(u':');
    if (colon < 0) {
        return std::nullopt;
    }
    X11Display display;
    const QStringView host = name.first(colon);
    if (host == u"localhost" || host == u"127.0.0.1") {
        display.transport = Transport::LoopbackTcp;
    } else if (!host.isEmpty() && host != u"unix") {
        return std::nullopt;
    }
    const QStringView numbers = name.sliced(colon + 1);
    const qsizetype dot = numbers.indexOf(u'.');
    const auto number = numberFrom(dot < 0 ? numbers : numbers.first(dot));
    const auto screen = dot < 0 ? std::optional(0) : numberFrom(numbers.sliced(dot + 1));
    if (!number || !screen) {
        return std::nullopt;
    }
    display.number = *number;
    display.screen = *screen;
    return display;
}

base::UniqueFd X11Display::connect() const
{
    if (transport == Transport::LoopbackTcp) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(firstPort + number));
        return connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address);
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/tmp/.X11-unix/X" + std::to_string(number);
    std::ranges::copy(path, address.sun_path);
    return connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address);
}

std::optional<QByteArray> magicCookie(QByteArrayView authorityFile, const X11Display &display,
                                      QByteArrayView hostName)
{
    const QByteArray number = QByteArray::number(display.number);
    base::WireReader reader(authorityFile);
    while (const std::optional<Entry> entry = entryFrom(reader)) {
        const bool isOurs = entry->family == wildFamily
            || (entry->family == localFamily && entry->address == hostName);
        if (isOurs && (entry->number.isEmpty() || entry->number == number)
            && entry->protocol == magicCookieProtocol && entry->cookie.size() == magicCookieSize) {
            return entry->cookie.toByteArray();
        }
    }
    return std::nullopt;
}

std::optional<QByteArray> magicCookie(const X11Display &display)
{
    const QString named = qEnvironmentVariable("XAUTHORITY");
    QFile file(named.isEmpty() ? QDir::home().filePath(QStringLiteral(".Xauthority")) : named);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return magicCookie(file.read(largestFile), display,
                       QFile::encodeName(QSysInfo::machineHostName()));
}

} // namespace net
