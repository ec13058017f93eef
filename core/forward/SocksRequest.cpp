#include "forward/SocksRequest.h"

#include "net/IpAddress.h"

#include <algorithm>
#include <utility>

namespace forward {
namespace {

using base::ErrorKind;

constexpr char version4 = 4;
constexpr char version5 = 5;
constexpr char connectCommand = 1;

// Answers of SOCKS 4.
constexpr char granted = 90;
constexpr char rejected = 91;

// Answers of RFC 1928, section 6.
constexpr char succeeded = 0;
constexpr char generalFailure = 1;
constexpr char notAllowed = 2;
constexpr char hostUnreachable = 4;
constexpr char connectionRefused = 5;
constexpr char commandNotSupported = 7;
constexpr char addressTypeNotSupported = 8;

constexpr char noMethod = '\xff';
constexpr char noAuthentication = 0;

enum AddressType { IPv4 = 1, Name = 3, IPv6 = 4 };

// Of a user name or a host in SOCKS 4, which end with a null.
constexpr qsizetype longestText = 255;

QByteArray answer4(char code)
{
    return QByteArray(1, '\0') + code + QByteArray(6, '\0');
}

QByteArray answer5(char code)
{
    return QByteArray(1, version5) + code + QByteArray(1, '\0') + char(AddressType::IPv4)
        + QByteArray(6, '\0');
}

bool isVisible(const QByteArray &host)
{
    return !host.isEmpty()
        && std::ranges::all_of(host, [](char c) { return c > ' ' && c < '\x7f'; });
}

QByteArray numeric(QByteArrayView address)
{
    return net::IpAddress::fromBytes(address).toString().toLatin1();
}

} // namespace

// Byte for byte, so that nothing of what follows the request is taken.
qsizetype SocksRequest::take(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && m_state == State::Reading) {
        m_input += bytes[taken];
        ++taken;
        if (parse()) {
            m_input.clear();
        }
    }
    return taken;
}

QByteArray SocksRequest::takeOutput()
{
    return std::exchange(m_output, {});
}

QByteArray SocksRequest::success() const
{
    return m_phase == Phase::Request4 ? answer4(granted) : answer5(succeeded);
}

QByteArray SocksRequest::failure(Failure why) const
{
    if (m_phase == Phase::Request4) {
        return answer4(rejected);
    }
    switch (why) {
    case Failure::NotAllowed:
        return answer5(notAllowed);
    case Failure::Unreachable:
        return answer5(hostUnreachable);
    case Failure::Refused:
        return answer5(connectionRefused);
    case Failure::Other:
        break;
    }
    return answer5(generalFailure);
}

// True once what was read so far is dealt with.
bool SocksRequest::parse()
{
    switch (m_phase) {
    case Phase::Version:
        if (m_input[0] != version4 && m_input[0] != version5) {
            return refuse(ErrorKind::ProtocolViolation,
                          {}); // whatever it speaks, it would not understand
        }
        m_phase = m_input[0] == version4 ? Phase::Request4 : Phase::Methods;
        return true;
    case Phase::Methods:
        return parseMethods();
    case Phase::Request4:
        return parseRequest4();
    case Phase::Request5:
        break;
    }
    return parseRequest5();
}

bool SocksRequest::parseMethods()
{
    const qsizetype count = static_cast<unsigned char>(m_input[0]);
    if (m_input.size() < 1 + count) {
        return false;
    }
    if (!m_input.sliced(1).contains(noAuthentication)) {
        return refuse(ErrorKind::AuthenticationFailed, QByteArray(1, version5) + noMethod);
    }
    m_output += QByteArray(1, version5) + noAuthentication;
    m_phase = Phase::Request5;
    return true;
}

// Command, port, address, user name; the address 0.0.0.x of SOCKS 4a stands for a name at the end.
bool SocksRequest::parseRequest4()
{
    constexpr qsizetype textStart = 7;
    if (m_input.size() <= textStart) {
        return false;
    }
    const qsizetype userEnd = m_input.indexOf('\0', textStart);
    if (userEnd < 0) {
        return m_input.size() - textStart > longestText
            && refuse(ErrorKind::ProtocolViolation, answer4(rejected));
    }
    if (m_input[0] != connectCommand) {
        return refuse(ErrorKind::Unsupported, answer4(rejected));
    }
    const QByteArray address = m_input.sliced(3, 4);
    if (!address.startsWith(QByteArray(3, '\0')) || address[3] == '\0') {
        return want(numeric(address), portAt(1));
    }
    const qsizetype hostStart = userEnd + 1;
    if (hostStart == m_input.size() || m_input.back() != '\0') {
        return m_input.size() - hostStart > longestText
            && refuse(ErrorKind::InvalidName, answer4(rejected));
    }
    return want(m_input.sliced(hostStart, m_input.size() - hostStart - 1), portAt(1));
}

// Version, command, a zero, type of address, address, port.
bool SocksRequest::parseRequest5()
{
    constexpr qsizetype addressStart = 4;
    if (m_input.size() <= addressStart) {
        return false;
    }
    if (m_input[0] != version5) {
        return refuse(ErrorKind::ProtocolViolation, answer5(generalFailure));
    }
    if (m_input[1] != connectCommand) {
        return refuse(ErrorKind::Unsupported, answer5(commandNotSupported));
    }
    const auto type = static_cast<unsigned char>(m_input[3]);
    if (type != IPv4 && type != Name && type != IPv6) {
        return refuse(ErrorKind::InvalidName, answer5(addressTypeNotSupported));
    }
    const qsizetype nameSize = static_cast<unsigned char>(m_input[addressStart]);
    const qsizetype size = type == IPv4 ? 4 : type == IPv6 ? 16 : 1 + nameSize;
    if (m_input.size() < addressStart + size + 2) {
        return false;
    }
    const QByteArray address = m_input.sliced(addressStart, size);
    const quint16 port = portAt(addressStart + size);
    if (type == Name) {
        return want(address.sliced(1), port);
    }
    return want(numeric(address), port);
}

bool SocksRequest::want(const QByteArray &host, quint16 port)
{
    if (!isVisible(host) || port == 0) {
        return refuse(ErrorKind::InvalidName, failure(Failure::Other));
    }
    m_host = host;
    m_port = port;
    m_state = State::Wanted;
    return true;
}

bool SocksRequest::refuse(ErrorKind why, const QByteArray &answer)
{
    m_refusal = why;
    m_output += answer;
    m_state = State::Refused;
    return true;
}

quint16 SocksRequest::portAt(qsizetype index) const
{
    const auto byte = [this](qsizetype at) { return static_cast<unsigned char>(m_input[at]); };
    return static_cast<quint16>(byte(index) << 8U | byte(index + 1));
}

} // namespace forward
