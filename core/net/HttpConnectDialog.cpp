#include "net/HttpConnectDialog.h"

#include "net/IpAddress.h"

#include <QByteArrayList>
#include <QUrl>

#include <algorithm>

namespace net {
namespace {

constexpr qsizetype longestHead = qsizetype{16} * 1024;
constexpr int mostInterimAnswers = 8; // 1xx, RFC 9110 section 15.2

// What an answer begins with (RFC 9112 section 4).
constexpr QByteArrayView protocol = "HTTP/1.";

// "host:port" (RFC 9110 section 7.2); empty if the host can not be said in HTTP.
QByteArray authority(const ProxyTarget &target)
{
    const auto numeric = IpAddress::parse(target.host);
    const bool isIpv6 = numeric && numeric->isIpv6();
    if (isIpv6 && !numeric->zone().isEmpty()) {
        return {}; // a zone means something on this computer alone
    }
    const QByteArray host = isIpv6 ? '[' + target.host.toLatin1() + ']' : QUrl::toAce(target.host);
    return host.isEmpty() ? host : host + ':' + QByteArray::number(target.port);
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool hasControls(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), isControl);
}

// The credentials of RFC 7617 section 2. The parts that hold the password are wiped.
QByteArray authorizationField(const QByteArray &user, const base::SecretString &password)
{
    QByteArray login;
    login.reserve(user.size() + 1 + password.size());
    login.append(user).append(':').append(password.utf8(), password.size());
    QByteArray encoded = login.toBase64();
    base::SecretString::fromUtf8(std::move(login));
    QByteArray field = "Proxy-Authorization: Basic ";
    field.reserve(field.size() + encoded.size() + 2);
    field.append(encoded).append("\r\n");
    base::SecretString::fromUtf8(std::move(encoded));
    return field;
}

// The three digits behind "HTTP/1.x "; 0 if they are not there.
int statusCode(const QByteArray &head)
{
    const qsizetype start = protocol.size() + 1;
    const QByteArrayView line = QByteArrayView(head).sliced(start);
    if (line.size() < 4 || line[0] != ' ') {
        return 0;
    }
    bool isNumber = false;
    const int code = line.sliced(1, 3).toInt(&isNumber);
    const bool ends = line.size() == 4 || line[4] == ' ' || line[4] == '\r' || line[4] == '\n';
    return isNumber && ends && code >= 100 ? code : 0;
}

QString firstLine(const QByteArray &head)
{
    return QString::fromLatin1(head.first(std::max<qsizetype>(head.indexOf('\n'), 0)).trimmed());
}

// Names of the schemes in all Proxy-Authenticate fields, as far as commas tell them apart: "Basic".
QByteArrayList offeredSchemes(const QByteArray &head)
{
    QByteArrayList schemes;
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || line.first(colon).trimmed().toLower() != "proxy-authenticate") {
            continue;
        }
        for (const QByteArray &challenge : line.sliced(colon + 1).split(',')) {
            const QByteArray scheme = challenge.trimmed().split(' ').first().toLower();
            if (!scheme.isEmpty() && !scheme.contains('=')) {
                schemes.append(scheme);
            }
        }
    }
    return schemes;
}

} // namespace

HttpConnectDialog::HttpConnectDialog(const base::ProxyAddress &proxy, ProxyTarget target,
                                     std::optional<base::SecretString> password)
    : ProxyDialog(proxy)
    , m_target(std::move(target))
    , m_password(std::move(password))
{
}

void HttpConnectDialog::start()
{
    const QByteArray where = authority(m_target);
    if (where.isEmpty()) {
        fail(QStringLiteral("An HTTP proxy can not be asked for the host %1").arg(m_target.host));
        return;
    }
    say("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n");
    if (m_password) {
        const QByteArray user = proxy().user.toUtf8();
        if (user.contains(':') || hasControls(user)
            || hasControls(QByteArrayView(m_password->utf8(), m_password->size()))) {
            fail(QStringLiteral("Basic login takes no colon in the user name, and no control "
                                "characters"),
                 base::ErrorKind::AuthenticationFailed);
            return;
        }
        say(authorizationField(user, *m_password));
    }
    say("\r\n");
}

void HttpConnectDialog::takeByte(char byte)
{
    m_head.append(byte);
    const qsizetype known = std::min(m_head.size(), protocol.size());
    if (QByteArrayView(m_head).first(known) != protocol.first(known)) {
        fail(QStringLiteral("What answered is no HTTP proxy"));
    } else if (m_head.endsWith("\n\r\n") || m_head.endsWith("\n\n")) {
        handleHead();
    } else if (m_head.size() >= longestHead) {
        fail(QStringLiteral("The proxy's answer does not end"));
    }
}

// A successful answer to CONNECT has no body, whatever its fields say (RFC 9110 section 9.3.6).
void HttpConnectDialog::handleHead()
{
    const int code = statusCode(m_head);
    if (code == 0) {
        fail(QStringLiteral("The proxy's answer makes no sense"));
    } else if (code < 200) {
        m_head.clear();
        if (++m_interimAnswers > mostInterimAnswers) {
            fail(QStringLiteral("The proxy's answer does not end"));
        }
    } else if (code < 300) {
        connected();
    } else if (code == 407) {
        handleLoginDemand();
    } else {
        fail(firstLine(m_head));
    }
}

void HttpConnectDialog::handleLoginDemand()
{
    const QByteArrayList schemes = offeredSchemes(m_head);
    if (schemes.contains("basic")) {
        demandLogin();
    } else {
        fail(QStringLiteral("The proxy takes no Basic login: it offers %1")
                 .arg(schemes.isEmpty() ? QStringLiteral("nothing")
                                        : QString::fromLatin1(schemes.join(", "))));
    }
}

} // namespace net
