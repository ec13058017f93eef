#include "tests/support/ProxyListener.h"

#include <QHostAddress>

namespace tests {
namespace {

bool isSocks(const ProxyScript &script)
{
    return script.kind == base::ProxyAddress::Kind::Socks5;
}

} // namespace

ProxyListener::ProxyListener(ProxyScript script)
    : m_script(std::move(script))
    , m_server(this) // children follow into another thread
{
    connect(&m_server, &QTcpServer::newConnection, this, &ProxyListener::handleConnection);
}

quint16 ProxyListener::listen()
{
    return m_server.listen(QHostAddress::LocalHost) ? m_server.serverPort() : quint16{0};
}

void ProxyListener::handleConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connectionCount;
        auto *client = new ProxyClient(m_script, socket, this);
        connect(client, &ProxyClient::targetNamed, this,
                [this](const QByteArray &target) { m_targets.append(target); });
    }
}

ProxyClient::ProxyClient(const ProxyScript &script, QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_script(script)
    , m_socket(socket)
    , m_target(this)
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &ProxyClient::handleReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_target, &QTcpSocket::connected, this, &ProxyClient::handleConnected);
    connect(&m_target, &QTcpSocket::errorOccurred, this, &ProxyClient::handleRefused);
    connect(&m_target, &QTcpSocket::readyRead, this,
            [this] { m_socket->write(m_target.readAll()); });
}

void ProxyClient::handleReadyRead()
{
    m_input += m_socket->readAll();
    if (!m_script.rawAnswer.isEmpty()) {
        answerRaw();
    } else if (m_phase == Phase::Relaying) {
        m_target.write(std::exchange(m_input, {}));
    } else if (isSocks(m_script)) {
        while (stepSocks()) { }
    } else {
        stepHttp();
    }
}

void ProxyClient::answerRaw()
{
    m_input.clear();
    m_socket->write(m_script.rawAnswer);
    if (m_script.isEndless) {
        connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
            if (m_socket->bytesToWrite() < 65536) {
                m_socket->write(m_script.rawAnswer.repeated(1000));
            }
        });
    }
}

bool ProxyClient::stepSocks()
{
    switch (m_phase) {
    case Phase::Greeting:
        return takeGreeting();
    case Phase::Login:
        return takeLogin();
    case Phase::Request:
        return takeRequest();
    case Phase::Relaying:
        break;
    }
    return false;
}

bool ProxyClient::takeGreeting()
{
    if (m_input.size() < 2 || m_input.size() < 2 + m_input[1]) {
        return false;
    }
    const QByteArray methods = m_input.sliced(2, m_input[1]);
    m_input.remove(0, 2 + methods.size());
    const char wanted = m_script.user.isEmpty() ? 0 : 2;
    if (!methods.contains(wanted)) {
        m_socket->write(QByteArray::fromHex("05ff"));
        m_socket->disconnectFromHost();
        return false;
    }
    m_socket->write(QByteArray(1, 5).append(wanted));
    m_phase = wanted == 0 ? Phase::Request : Phase::Login;
    return true;
}

bool ProxyClient::takeLogin()
{
    const QByteArray right = QByteArray(1, 1)
                                 .append(static_cast<char>(m_script.user.size()))
                                 .append(m_script.user)
                                 .append(static_cast<char>(m_script.password.size()))
                                 .append(m_script.password);
    if (m_input.size() < 2 || m_input.size() < 3 + m_input[1]
        || m_input.size() < 3 + m_input[1] + m_input[2 + m_input[1]]) {
        return false;
    }
    const bool isRight = m_input == right;
    m_input.clear();
    m_socket->write(QByteArray(1, 1).append(isRight ? '\0' : '\1'));
    if (!isRight) { // RFC 1929: the server must close
        m_socket->disconnectFromHost();
        return false;
    }
    m_phase = Phase::Request;
    return true;
}

bool ProxyClient::takeRequest()
{
    constexpr char nameType = 3;
    if (m_input.size() < 10) {
        return false;
    }
    QByteArray host;
    qsizetype end = 8;
    if (m_input[3] == nameType) {
        host = m_input.sliced(5, m_input[4]);
        end = 5 + host.size();
    } else {
        host = QHostAddress(m_input.sliced(4, 4).toHex().toUInt(nullptr, 16)).toString().toLatin1();
    }
    const auto port = static_cast<quint16>(m_input.sliced(end, 2).toHex().toUInt(nullptr, 16));
    m_input.clear();
    connectTo(host, port);
    return false;
}

void ProxyClient::stepHttp()
{
    if (!m_input.endsWith("\r\n\r\n")) {
        return;
    }
    const QByteArray request = std::exchange(m_input, {});
    const QByteArray credentials = (m_script.user + ':' + m_script.password).toBase64();
    if (!m_script.user.isEmpty()
        && !request.contains("\r\nProxy-Authorization: Basic " + credentials + "\r\n")) {
        m_socket->write("HTTP/1.1 407 Login first\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                        "Content-Length: 4\r\n\r\nbody");
        return;
    }
    const QByteArray authority = request.split(' ').value(1);
    const qsizetype colon = authority.lastIndexOf(':');
    connectTo(authority.first(colon), authority.sliced(colon + 1).toUShort());
}

void ProxyClient::connectTo(const QByteArray &host, quint16 port)
{
    emit targetNamed(host + ':' + QByteArray::number(port));
    m_target.connectToHost(QString::fromLatin1(host), port);
}

void ProxyClient::handleConnected()
{
    m_socket->write(isSocks(m_script) ? QByteArray::fromHex("05000001000000000000")
                                      : QByteArray("HTTP/1.1 200 Connected\r\nVia: test\r\n\r\n"));
    m_phase = Phase::Relaying;
}

void ProxyClient::handleRefused()
{
    if (m_phase != Phase::Relaying) {
        m_socket->write(isSocks(m_script) ? QByteArray::fromHex("05050001000000000000")
                                          : QByteArray("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    }
    m_socket->disconnectFromHost();
}

} // namespace tests
