#include "ui/forwards/ForwardText.h"

#include "base/DisplayText.h"
#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace ui {
namespace {

using forward::ForwardStatus;
using profiles::Forward;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ForwardText", text);
}

bool isListening(const ForwardStatus &status)
{
    return status.state == ForwardStatus::State::Listening && !status.addresses.isEmpty();
}

} // namespace

QString forwardKindText(Forward::Kind kind)
{
    switch (kind) {
    case Forward::Kind::Local:
        return tr("Local");
    case Forward::Kind::Remote:
        return tr("Remote");
    case Forward::Kind::Dynamic:
        break;
    }
    return tr("Dynamic");
}

QString forwardKindLongText(Forward::Kind kind)
{
    switch (kind) {
    case Forward::Kind::Local:
        return tr("Local: programs here reach what the server reaches");
    case Forward::Kind::Remote:
        return tr("Remote: programs on the server reach what this computer reaches");
    case Forward::Kind::Dynamic:
        break;
    }
    return tr("Dynamic: programs here use the server as a SOCKS proxy");
}

QString forwardListenText(const Forward &forward, const ForwardStatus &status)
{
    profiles::ForwardEnd listen = forward.listen;
    if (isListening(status) && status.port != 0) {
        listen.port = status.port;
    }
    if (listen.isPath()) {
        return base::displayText(listen.path);
    }
    const QString port = listen.port == 0 ? tr("any port") : QString::number(listen.port);
    const QString host = listen.host == u'*' ? tr("all addresses") : listen.host;
    const QString where = host.isEmpty() ? port : tr("%1, %2").arg(port, base::displayText(host));
    return forward.kind == Forward::Kind::Remote ? tr("%1 on the server").arg(where) : where;
}

QString forwardTargetText(const Forward &forward)
{
    return forward.kind == Forward::Kind::Dynamic ? tr("as each client asks")
                                                  : base::displayText(forward.target.toString());
}

QString forwardStateText(const ForwardStatus &status)
{
    switch (status.state) {
    case ForwardStatus::State::Stopped:
        return tr("Stopped");
    case ForwardStatus::State::Waiting:
        return tr("Waits for the connection");
    case ForwardStatus::State::Starting:
        return tr("Starts…");
    case ForwardStatus::State::Listening:
        return tr("Listens");
    case ForwardStatus::State::Failed:
        break;
    }
    return tr("Does not listen");
}

QString forwardBytesText(const ForwardStatus &status)
{
    return tr("%1 ↑  %2 ↓")
        .arg(sizeText(static_cast<quint64>(status.bytesSent)),
             sizeText(static_cast<quint64>(status.bytesReceived)));
}

QString forwardAddress(const Forward &forward, const ForwardStatus &status)
{
    if (!isListening(status)) {
        return {};
    }
    if (forward.listen.isPath() || !forward.listen.host.isEmpty()) {
        return status.addresses.first();
    }
    return QStringLiteral("localhost:%1").arg(status.port);
}

std::optional<QUrl> forwardUrl(const Forward &forward, const ForwardStatus &status)
{
    // SSH, mail, LDAP, SMB, databases and remote desktops.
    static constexpr std::array<quint16, 13> others{21,   22,   25,   110,  143,  389, 445,
                                                    1433, 3306, 3389, 5432, 5900, 6379};
    const bool isOfProgram = std::ranges::find(others, forward.target.port) != others.end();
    if (forward.kind != Forward::Kind::Local || !isListening(status) || status.port == 0
        || forward.target.isPath() || isOfProgram) {
        return std::nullopt;
    }
    const bool isSecure = forward.target.port == 443 || forward.target.port == 8443;
    QUrl url;
    url.setScheme(isSecure ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(forward.isOpenToOthers() || forward.listen.host.isEmpty()
                    ? QStringLiteral("localhost")
                    : forward.listen.host);
    url.setPort(status.port);
    return url;
}

} // namespace ui
