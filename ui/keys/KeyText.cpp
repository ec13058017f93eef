#include "ui/keys/KeyText.h"

#include "base/DisplayText.h"
#include "hostkeys/HostKey.h"
#include "keys/PublicKeyBlob.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using keys::Certificate;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::KeyText", text);
}

QString timeText(quint64 seconds)
{
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds)),
                              QLocale::ShortFormat);
}

} // namespace

QString keyTypeOf(const QByteArray &blob)
{
    const auto key = hostkeys::HostKey::fromBlob(keys::plainKeyBlob(blob));
    if (!key) {
        return {};
    }
    const QString label = base::displayText(key->label());
    return key->bits() > 0 ? tr("%1, %2 bits").arg(label).arg(key->bits()) : label;
}

QString modeText(quint32 mode)
{
    return QStringLiteral("%1").arg(mode, 4, 8, QLatin1Char('0'));
}

QString certificateSummary(const Certificate &certificate)
{
    switch (certificate.stateAt(QDateTime::currentDateTimeUtc())) {
    case Certificate::State::NotYet:
        return tr("valid from %1").arg(timeText(certificate.validAfter));
    case Certificate::State::Expired:
        return tr("expired on %1").arg(timeText(certificate.validBefore));
    case Certificate::State::Valid:
        break;
    }
    return certificate.isForEver() ? tr("valid for ever")
                                   : tr("valid until %1").arg(timeText(certificate.validBefore));
}

QString certificateSentence(const Certificate &certificate)
{
    QStringList names;
    for (const QByteArray &name : certificate.principals) {
        names.append(base::displayText(name));
    }
    const QString whom = names.isEmpty() ? tr("every user") : names.join(QStringLiteral(", "));
    return tr("Certificate \"%1\" for %2: %3, signed by %4")
        .arg(base::displayText(certificate.keyId), whom, certificateSummary(certificate),
             keys::sha256Fingerprint(certificate.authorityBlob));
}

} // namespace ui
