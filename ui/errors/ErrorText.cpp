#include "ui/errors/ErrorText.h"

#include "base/DisplayText.h"
#include "ui/errors/ConnectionErrorText.h"

#include <QCoreApplication>
#include <QStringList>

#include <cerrno>
#include <optional>

namespace ui {
namespace {

using base::ErrorKind;
using profiles::AddressError;

struct Explanation
{
    const char *why;
    const char *advice;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ErrorText", text);
}

// What happened to a file, or to a single request.
Explanation explainRequest(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "It was canceled."), ""};
    case ErrorKind::PermissionDenied:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "Permission was denied."),
                QT_TRANSLATE_NOOP("ui::ErrorText", "Check owner and permissions.")};
    case ErrorKind::NotFound:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "It does not exist."), ""};
    case ErrorKind::AlreadyExists:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "There is something of this name already."),
                QT_TRANSLATE_NOOP("ui::ErrorText", "Choose another name.")};
    case ErrorKind::NotADirectory:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "It is not a folder."), ""};
    case ErrorKind::IsADirectory:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "It is a folder."), ""};
    case ErrorKind::DirectoryNotEmpty:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "The folder is not empty."), ""};
    case ErrorKind::NoSpace:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "The disk is full, or the quota is used up."),
                QT_TRANSLATE_NOOP("ui::ErrorText", "Make room, then try again.")};
    case ErrorKind::ReadOnly:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "That place can only be read."), ""};
    case ErrorKind::InvalidName:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "The name is not valid there."),
                QT_TRANSLATE_NOOP("ui::ErrorText", "Choose another name.")};
    case ErrorKind::Unsupported:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "This is not supported there."), ""};
    case ErrorKind::ServerFailure:
        return {
            QT_TRANSLATE_NOOP("ui::ErrorText", "The server reports a failure without a reason."),
            ""};
    case ErrorKind::ProtocolViolation:
        return {
            QT_TRANSLATE_NOOP("ui::ErrorText", "The server sent something that makes no sense."),
            QT_TRANSLATE_NOOP("ui::ErrorText", "Reconnect and try again.")};
    default:
        return {QT_TRANSLATE_NOOP("ui::ErrorText", "Something unexpected happened."), ""};
    }
}

// What this system says in a number alone.
std::optional<Explanation> explainNumber(const base::Error &error)
{
    if (error.source != base::ErrorSource::Local) {
        return std::nullopt;
    }
    switch (error.code) {
    case ESTALE:
        return Explanation{
            QT_TRANSLATE_NOOP("ui::ErrorText",
                              "It changed while it was copied, so the copy was thrown away."),
            QT_TRANSLATE_NOOP("ui::ErrorText",
                              "Copy it again when nothing writes to it any more.")};
    case EBADMSG:
        return Explanation{
            QT_TRANSLATE_NOOP("ui::ErrorText",
                              "What arrived is not what was sent, so the copy was thrown away."),
            QT_TRANSLATE_NOOP("ui::ErrorText",
                              "Copy it again, and check the disks if that does not help.")};
    default:
        return std::nullopt;
    }
}

QString headline(const base::Error &error)
{
    if (error.subject.isEmpty()) {
        return tr("This did not work");
    }
    const QString subject = base::displayText(error.subject);
    if (endedConnection(error)) {
        return tr("Disconnected from %1").arg(subject);
    }
    if (error.kind == ErrorKind::AuthenticationFailed) {
        return tr("Could not log in to %1").arg(subject);
    }
    if (error.kind == ErrorKind::ProxyRefused) {
        return tr("Could not connect through %1").arg(subject);
    }
    return isOfConnection(error.kind) ? tr("Could not connect to %1").arg(subject)
                                      : tr("Trouble with %1").arg(subject);
}

QString sourceName(base::ErrorSource source)
{
    switch (source) {
    case base::ErrorSource::Local:
        return QStringLiteral("errno");
    case base::ErrorSource::Sftp:
        return QStringLiteral("SFTP");
    case base::ErrorSource::Ssh:
        return QStringLiteral("SSH");
    case base::ErrorSource::Storage:
        return QStringLiteral("SQLite");
    case base::ErrorSource::None:
        break;
    }
    return {};
}

// Not translated: it is for a search engine, or for whoever runs the server.
QString detailsOf(const base::Error &error)
{
    QStringList lines;
    if (!error.detail.isEmpty()) {
        lines.append(base::displayText(error.detail, base::LineBreaks::Keep));
    }
    if (!error.operation.isEmpty()) {
        lines.append(QStringLiteral("Operation: ") + base::displayText(error.operation));
    }
    if (error.source != base::ErrorSource::None) {
        lines.append(QStringLiteral("%1 code %2").arg(sourceName(error.source)).arg(error.code));
    }
    return lines.join(u'\n');
}

// A program that was to speak SFTP and did not: the quote is what it said instead.
std::optional<ErrorText> explainSftpServer(const base::Error &error)
{
    const QString quote = base::displayText(error.quote);
    if (error.kind == ErrorKind::ProtocolViolation && !quote.isEmpty()) {
        return ErrorText{headline(error),
                         tr("The server printed \"%1\" where SFTP was to begin.").arg(quote),
                         tr("Let start-up files of its shell, such as .bashrc, print in terminals "
                            "only."),
                         detailsOf(error)};
    }
    if (error.kind == ErrorKind::Unsupported && !quote.isEmpty()) {
        return ErrorText{headline(error),
                         tr("The program that was to speak SFTP ended: %1.").arg(quote),
                         tr("Check the SFTP server of this session. With sudo it must be allowed "
                            "to run without a password."),
                         detailsOf(error)};
    }
    return std::nullopt;
}

ErrorText plainErrorText(const base::Error &error)
{
    if (isOfConnection(error.kind)) {
        ConnectionExplanation explanation = explainConnection(error);
        return {headline(error), explanation.why, explanation.advice, detailsOf(error)};
    }
    if (const auto text = explainSftpServer(error)) {
        return *text;
    }
    const Explanation explanation = explainNumber(error).value_or(explainRequest(error.kind));
    return {headline(error), tr(explanation.why),
            *explanation.advice == '\0' ? QString() : tr(explanation.advice), detailsOf(error)};
}

} // namespace

QString ErrorText::toSentence() const
{
    QString sentence = what + QStringLiteral(". ") + why;
    if (!advice.isEmpty()) {
        sentence += u' ' + advice;
    }
    return sentence;
}

ErrorText errorText(const base::Error &error)
{
    ErrorText text = plainErrorText(error);
    if (!error.server.isEmpty()) {
        text.why = tr("%1: %2").arg(base::displayText(error.server), text.why);
    }
    return text;
}

QString addressErrorText(AddressError error)
{
    switch (error) {
    case AddressError::Empty:
        return tr("Type where to connect to, for example user@host.");
    case AddressError::NoHost:
        return tr("The name of the host is missing.");
    case AddressError::BadHost:
        return tr("This is no host name: letters, digits, hyphens and dots make one.");
    case AddressError::BadUser:
        return tr("This user name can not be used: it begins with a hyphen, or holds characters "
                  "with a meaning to shells.");
    case AddressError::BadPort:
        return tr("The port must be a number from 1 to 65535.");
    case AddressError::BadIpv6:
        return tr("This is no IPv6 address. With a port it is written [address]:port.");
    case AddressError::UnknownScheme:
        return tr("Only addresses that begin with ssh:// or sftp:// can be opened.");
    case AddressError::BadEncoding:
        break;
    }
    return tr("A percent sign in the address must be written %25.");
}

QString pastedCommandErrorText(const profiles::PastedCommandError &error)
{
    using Problem = profiles::PastedCommandError::Problem;
    const QString word = base::displayText(error.word);
    switch (error.problem) {
    case Problem::NoHost:
        return tr("The command names no host: it is written ssh user@host.");
    case Problem::BadAddress:
        return tr("%1: %2").arg(word,
                                addressErrorText(error.address.value_or(AddressError::NoHost)));
    case Problem::BadPort:
        return tr("%1 is no port: that is a number from 1 to 65535.").arg(word);
    case Problem::BadForward:
        return tr("%1 is no tunnel: it is written port:host:port.").arg(word);
    case Problem::NoValue:
        return tr("The option %1 wants a value behind it.").arg(word);
    case Problem::UnknownOption:
        break;
    }
    return tr("ssh has no option %1.").arg(word);
}

QString proxyErrorText(profiles::ProxyTextError error)
{
    using profiles::ProxyTextError;
    switch (error) {
    case ProxyTextError::UnknownScheme:
        return tr("A proxy is written socks5://user@host:port or http://user@host:port.");
    case ProxyTextError::BadHost:
        return addressErrorText(AddressError::BadHost);
    case ProxyTextError::BadUser:
        return addressErrorText(AddressError::BadUser);
    case ProxyTextError::BadPort:
        return tr("The port of the proxy must be a number from 1 to 65535.");
    case ProxyTextError::HasPassword:
        return tr("The password does not belong here: it is asked for when the proxy wants it.");
    case ProxyTextError::HasPath:
        break;
    }
    return tr("Behind host and port of the proxy there must be nothing.");
}

} // namespace ui
