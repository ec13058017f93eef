#include "app/headless/KeyListing.h"

#include "base/DisplayText.h"
#include "hostkeys/HostKey.h"
#include "keys/PublicKeyBlob.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using keys::Certificate;

QString typeText(const QByteArray &blob)
{
    const auto key = hostkeys::HostKey::fromBlob(keys::plainKeyBlob(blob));
    if (!key) {
        return u"unknown type"_s;
    }
    const QString label = base::displayText(key->label());
    return key->bits() > 0 ? u"%1 %2"_s.arg(label).arg(key->bits()) : label;
}

QString octal(quint32 mode)
{
    return u"%1"_s.arg(mode, 4, 8, QLatin1Char('0'));
}

QString timeText(quint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds)).toString(Qt::ISODate);
}

QString principalsText(const Certificate &certificate)
{
    QStringList names;
    for (const QByteArray &name : certificate.principals) {
        names.append(base::displayText(name));
    }
    return names.isEmpty() ? u"everybody"_s : names.join(u", "_s);
}

QString stateText(const Certificate &certificate)
{
    switch (certificate.stateAt(QDateTime::currentDateTimeUtc())) {
    case Certificate::State::NotYet:
        return u"not valid before %1"_s.arg(timeText(certificate.validAfter));
    case Certificate::State::Expired:
        return u"expired on %1"_s.arg(timeText(certificate.validBefore));
    case Certificate::State::Valid:
        break;
    }
    return certificate.isForEver() ? u"valid for ever"_s
                                   : u"valid until %1"_s.arg(timeText(certificate.validBefore));
}

QString stateName(const Certificate &certificate)
{
    switch (certificate.stateAt(QDateTime::currentDateTimeUtc())) {
    case Certificate::State::NotYet:
        return u"not-yet-valid"_s;
    case Certificate::State::Expired:
        return u"expired"_s;
    case Certificate::State::Valid:
        break;
    }
    return u"valid"_s;
}

QString keyLine(const QByteArray &blob, const QString &comment)
{
    const QString line = blob.isEmpty() ? u"unknown until it is unlocked"_s
                                        : typeText(blob) + u' ' + keys::sha256Fingerprint(blob);
    return comment.isEmpty() ? line : line + u' ' + base::displayText(comment);
}

QString fileLines(const keys::OwnKey &key)
{
    const bool isEncrypted = key.file && key.file->isEncrypted;
    QString text = base::displayText(key.path) + u": "_s
        + keyLine(key.publicBlob, QString::fromUtf8(key.comment))
        + (isEncrypted ? u" (encrypted)\n"_s : u"\n"_s);
    if (!key.problem.isEmpty()) {
        text += u"  "_s + base::displayText(key.problem) + u'\n';
    }
    if (key.file && key.file->isLoose) {
        text += u"  mode %1: others may read or change it; chmod 600 mends that\n"_s.arg(
            octal(key.mode));
    }
    if (key.certificate) {
        text += u"  certificate for %1, %2\n"_s.arg(principalsText(*key.certificate),
                                                    stateText(*key.certificate));
    }
    return text;
}

QJsonObject keyObject(const QByteArray &blob, const QString &comment)
{
    QJsonObject object{{u"comment"_s, comment}};
    if (const auto key = hostkeys::HostKey::fromBlob(keys::plainKeyBlob(blob))) {
        object[u"type"_s] = QString::fromLatin1(key->type());
        object[u"bits"_s] = key->bits();
        object[u"fingerprint"_s] = keys::sha256Fingerprint(blob);
    }
    return object;
}

QJsonObject certificateObject(const Certificate &certificate)
{
    QJsonArray principals;
    for (const QByteArray &name : certificate.principals) {
        principals.append(QString::fromUtf8(name));
    }
    QJsonObject object{{u"key-id"_s, QString::fromUtf8(certificate.keyId)},
                       {u"serial"_s, QString::number(certificate.serial)},
                       {u"principals"_s, principals},
                       {u"state"_s, stateName(certificate)},
                       {u"authority"_s, keys::sha256Fingerprint(certificate.authorityBlob)}};
    if (certificate.validAfter > 0) {
        object[u"valid-after"_s] = timeText(certificate.validAfter);
    }
    if (!certificate.isForEver()) {
        object[u"valid-before"_s] = timeText(certificate.validBefore);
    }
    return object;
}

QString formatName(keys::KeyFile::Format format)
{
    switch (format) {
    case keys::KeyFile::Format::OpenSsh:
        return u"openssh"_s;
    case keys::KeyFile::Format::Pem:
        return u"pem"_s;
    case keys::KeyFile::Format::Pkcs8:
        return u"pkcs8"_s;
    case keys::KeyFile::Format::Putty:
        return u"putty"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject fileObject(const keys::OwnKey &key)
{
    QJsonObject object = keyObject(key.publicBlob, QString::fromUtf8(key.comment));
    object[u"path"_s] = key.path;
    object[u"mode"_s] = octal(key.mode);
    if (key.file) {
        object[u"format"_s] = formatName(key.file->format);
        object[u"encrypted"_s] = key.file->isEncrypted;
        object[u"loose-mode"_s] = key.file->isLoose;
    }
    if (!key.problem.isEmpty()) {
        object[u"problem"_s] = key.problem;
    }
    if (key.certificate) {
        object[u"certificate"_s] = certificateObject(*key.certificate);
    }
    return object;
}

} // namespace

QByteArray keyLines(const QList<keys::OwnKey> &files, const AgentListing &agent)
{
    QString text;
    for (const keys::OwnKey &key : files) {
        text += fileLines(key);
    }
    for (const keys::AgentIdentity &identity : agent.identities) {
        text += u"agent: "_s + keyLine(identity.blob, identity.comment);
        const auto certificate = Certificate::parse(identity.blob);
        text += certificate ? u"\n  certificate for %1, %2\n"_s.arg(principalsText(*certificate),
                                                                    stateText(*certificate))
                            : u"\n"_s;
    }
    return text.toUtf8();
}

QByteArray keyJson(const QList<keys::OwnKey> &files, const AgentListing &agent)
{
    QJsonArray own;
    for (const keys::OwnKey &key : files) {
        own.append(fileObject(key));
    }
    QJsonArray identities;
    for (const keys::AgentIdentity &identity : agent.identities) {
        QJsonObject object = keyObject(identity.blob, identity.comment);
        if (const auto certificate = Certificate::parse(identity.blob)) {
            object[u"certificate"_s] = certificateObject(*certificate);
        }
        identities.append(object);
    }
    QJsonObject agentObject{{u"keys"_s, identities}};
    if (!agent.socketPath.isEmpty()) {
        agentObject[u"socket"_s] = agent.socketPath;
    }
    if (!agent.problem.isEmpty()) {
        agentObject[u"problem"_s] = agent.problem;
    }
    return QJsonDocument(QJsonObject{{u"files"_s, own}, {u"agent"_s, agentObject}}).toJson();
}

} // namespace app
