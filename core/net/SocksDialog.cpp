#include "net/SocksDialog.h"

#include "net/IpAddress.h"

#include <QUrl>

#include <array>

namespace net {
namespace {

constexpr char version = 5;
constexpr char loginVersion = 1; // of the login alone, RFC 1929 section 2
constexpr char connectCommand = 1;

// Methods of RFC 1928 section 3.
constexpr char withoutLogin = 0;
constexpr char withPassword = 2;
constexpr auto noneAcceptable = static_cast<char>(0xFF);

// Types of address, RFC 1928 section 5.
constexpr char ipv4Type = 1;
constexpr char nameType = 3;
constexpr char ipv6Type = 4;

constexpr qsizetype longestField = 255; // one byte tells the length

// ATYP and DST.ADDR; empty if `host` can not be said in SOCKS.
QByteArray addressField(const QString &host)
{
    if (const auto numeric = IpAddress::parse(host)) {
        if (!numeric->zone().isEmpty()) {
            return {}; // a zone means something on this computer alone
        }
        return QByteArray(1, numeric->isIpv6() ? ipv6Type : ipv4Type).append(numeric->bytes());
    }
    const QByteArray name = QUrl::toAce(host);
    if (name.isEmpty() || name.size() > longestField) {
        return {};
    }
    return QByteArray(1, nameType).append(static_cast<char>(name.size())).append(name);
}

// How many bytes a reply has that begins with these five, RFC 1928 section 6; 0 if none has.
qsizetype replySize(const QByteArray &start)
{
    constexpr qsizetype fixed = 4 + 2; // VER REP RSV ATYP, and the port
    switch (start[3]) {
    case ipv4Type:
        return fixed + 4;
    case ipv6Type:
        return fixed + 16;
    case nameType:
        return fixed + 1 + static_cast<unsigned char>(start[4]);
    default:
        return 0;
    }
}

// REP of RFC 1928 section 6.
QString textOf(char reply)
{
    static constexpr std::array<const char *, 9> texts{"",
                                                       "general failure of the proxy",
                                                       "connection not allowed by its rules",
                                                       "network unreachable",
                                                       "host unreachable",
                                                       "connection refused",
                                                       "time to live expired",
                                                       "command not supported",
                                                       "type of address not supported"};
    const auto code = static_cast<unsigned char>(reply);
    return code < texts.size() ? QString::fromLatin1(texts[code])
                               : QStringLiteral("unknown failure %1").arg(code);
}

} // namespace

SocksDialog::SocksDialog(const base::ProxyAddress &proxy, ProxyTarget target,
                         std::optional<base::SecretString> password)
    : ProxyDialog(proxy)
    , m_target(std::move(target))
    , m_password(std::move(password))
{
}

void SocksDialog::start()
{
    m_address = addressField(m_target.host);
    if (m_address.isEmpty()) {
        fail(QStringLiteral("A SOCKS proxy can not be asked for the host %1").arg(m_target.host));
        return;
    }
    const bool canLogIn = !proxy().user.isEmpty();
    QByteArray greeting(1, version);
    greeting.append(canLogIn ? char{2} : char{1}).append(withoutLogin); // how many, and which
    if (canLogIn) {
        greeting.append(withPassword);
    }
    say(std::move(greeting));
}

void SocksDialog::takeByte(char byte)
{
    m_answer.append(byte);
    switch (m_phase) {
    case Phase::Method:
        handleMethod();
        break;
    case Phase::Login:
        handleLoginStatus();
        break;
    case Phase::Reply:
        handleReply();
        break;
    }
}

void SocksDialog::handleMethod()
{
    if (m_answer[0] != version) {
        fail(QStringLiteral("What answered is no SOCKS5 proxy"));
        return;
    }
    if (m_answer.size() < 2) {
        return;
    }
    const char method = m_answer[1];
    m_answer.clear();
    if (method == withoutLogin) {
        request();
    } else if (method == withPassword && !proxy().user.isEmpty()) {
        logIn();
    } else if (method == noneAcceptable && proxy().user.isEmpty()) {
        demandLogin();
    } else {
        fail(QStringLiteral("The proxy accepts no login with a user name and a password"));
    }
}

void SocksDialog::logIn()
{
    if (!m_password) {
        demandLogin();
        return;
    }
    const QByteArray user = proxy().user.toUtf8();
    if (user.size() > longestField || m_password->isEmpty() || m_password->size() > longestField) {
        fail(QStringLiteral("For SOCKS5 user name and password must have 1 to 255 bytes"),
             base::ErrorKind::AuthenticationFailed);
        return;
    }
    QByteArray login(1, loginVersion);
    login.reserve(3 + user.size() + m_password->size()); // so that no copy is left behind
    login.append(static_cast<char>(user.size())).append(user);
    login.append(static_cast<char>(m_password->size()));
    login.append(m_password->utf8(), m_password->size());
    say(std::move(login));
    m_phase = Phase::Login;
}

void SocksDialog::handleLoginStatus()
{
    if (m_answer[0] != loginVersion) {
        fail(QStringLiteral("The proxy's answer to the login makes no sense"));
        return;
    }
    if (m_answer.size() < 2) {
        return;
    }
    if (m_answer[1] != 0) {
        demandLogin();
        return;
    }
    m_answer.clear();
    request();
}

void SocksDialog::request()
{
    QByteArray bytes(1, version);
    bytes.append(connectCommand).append(char{0}).append(m_address);
    bytes.append(static_cast<char>(m_target.port >> 8));
    bytes.append(static_cast<char>(m_target.port & 0xFF));
    say(std::move(bytes));
    m_phase = Phase::Reply;
}

// A refusal counts from its second byte on: not every proxy sends the rest then.
void SocksDialog::handleReply()
{
    if (m_answer[0] != version) {
        fail(QStringLiteral("The proxy's answer makes no sense"));
        return;
    }
    if (m_answer.size() < 2) {
        return;
    }
    if (m_answer[1] != 0) {
        fail(QStringLiteral("SOCKS5: %1").arg(textOf(m_answer[1])));
        return;
    }
    if (m_answer.size() < 5) {
        return;
    }
    const qsizetype size = replySize(m_answer);
    if (size == 0) {
        fail(QStringLiteral("The proxy's answer has an unknown type of address"));
    } else if (m_answer.size() == size) {
        connected();
    }
}

} // namespace net
