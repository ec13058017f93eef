#include "ui/main/ConnectionFacts.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui {
namespace {

using profiles::AlgorithmList;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ConnectionFacts", text);
}

QString remarkOf(const std::optional<ssh::Weakness> &weakness)
{
    return weakness ? weaknessText(*weakness) : QString();
}

// "Unknown" is an answer as well.
ConnectionFact fact(const QString &id, const QString &label, const QString &value,
                    const QString &remark = {})
{
    return {id, label, value.isEmpty() ? tr("unknown") : base::displayText(value), remark};
}

ConnectionFact algorithm(const QString &id, const QString &label, AlgorithmList list,
                         const QString &name)
{
    return fact(id, label, name, remarkOf(ssh::weaknessOf(list, name)));
}

// libssh calls the codes of AEAD ciphers by a name of its own: "aead-gcm".
QString macText(const QString &mac)
{
    return mac.startsWith(QStringLiteral("aead-")) ? tr("part of the cipher") : mac;
}

QString compressionText(const QString &name)
{
    return name == QStringLiteral("none") ? tr("off") : name;
}

QString strictText(const std::optional<bool> &isStrict)
{
    return !isStrict ? QString() : *isStrict ? tr("yes") : tr("no");
}

QString loginText(const ssh::ConnectionInfo &info)
{
    if (info.loginMethod == QStringLiteral("none")) {
        return tr("the server asked for nothing");
    }
    const bool hasNoKey = info.loginKey.isEmpty() || info.loginKey == info.loginMethod;
    return hasNoKey ? info.loginMethod : tr("%1, %2").arg(info.loginMethod, info.loginKey);
}

QString trustText(const std::optional<hostkeys::Location> &line)
{
    return line ? tr("%1, line %2").arg(line->file).arg(line->line)
                : tr("your word, or the policy for unknown hosts");
}

QList<ConnectionFact> wayFacts(const ssh::ConnectionInfo &info, const QString &route)
{
    QList<ConnectionFact> facts;
    if (!route.isEmpty()) {
        facts.append(fact(QStringLiteral("route"), tr("Through"), route));
    }
    if (route.isEmpty() || !info.address.isEmpty()) { // whoever is on the way looks it up
        facts.append(fact(QStringLiteral("peer"), tr("Server's address"), info.address));
    }
    return facts;
}

QList<ConnectionFact> serverFacts(const ssh::ConnectionInfo &info)
{
    QList<ConnectionFact> facts{
        fact(QStringLiteral("version"), tr("Server's version"), info.serverVersion)};
    if (info.hostKey) {
        const hostkeys::Fingerprint fingerprint(*info.hostKey);
        facts.append(fact(QStringLiteral("hostKey"), tr("Host key"),
                          tr("%1, %2 bits").arg(info.hostKey->label()).arg(info.hostKey->bits()),
                          remarkOf(ssh::weaknessOf(*info.hostKey))));
        facts.append(
            fact(QStringLiteral("fingerprint"), tr("Its fingerprint"), fingerprint.sha256()));
        facts.append(fact(QStringLiteral("trust"), tr("Trusted by"), trustText(info.trustedBy)));
    }
    facts.append(fact(QStringLiteral("user"), tr("User"), info.user));
    facts.append(fact(QStringLiteral("login"), tr("Login"), loginText(info)));
    return facts;
}

QList<ConnectionFact> algorithmFacts(const ssh::ConnectionInfo &info)
{
    const ssh::Negotiation &agreed = info.negotiation;
    const bool isOpenToRemoval = agreed.isStrict == false
        && (ssh::needsStrictness(info.cipherOut, agreed.macOut)
            || ssh::needsStrictness(info.cipherIn, agreed.macIn));
    return {
        algorithm(QStringLiteral("keyExchange"), tr("Key exchange"), AlgorithmList::KeyExchange,
                  info.keyExchange),
        fact(QStringLiteral("strict"), tr("Strict key exchange"), strictText(agreed.isStrict),
             isOpenToRemoval ? weaknessText(ssh::Weakness::NotStrict) : QString()),
        algorithm(QStringLiteral("signature"), tr("Host key's signature"), AlgorithmList::HostKey,
                  agreed.hostKeyAlgorithm),
        algorithm(QStringLiteral("cipherOut"), tr("Cipher, sent"), AlgorithmList::Cipher,
                  info.cipherOut),
        algorithm(QStringLiteral("cipherIn"), tr("Cipher, received"), AlgorithmList::Cipher,
                  info.cipherIn),
        algorithm(QStringLiteral("macOut"), tr("Integrity, sent"), AlgorithmList::Mac,
                  macText(agreed.macOut)),
        algorithm(QStringLiteral("macIn"), tr("Integrity, received"), AlgorithmList::Mac,
                  macText(agreed.macIn)),
        fact(QStringLiteral("compressionOut"), tr("Compression, sent"),
             compressionText(agreed.compressionOut)),
        fact(QStringLiteral("compressionIn"), tr("Compression, received"),
             compressionText(agreed.compressionIn)),
    };
}

QList<ConnectionFact> vitalFacts(const ConnectionStatus &status)
{
    const ssh::Vitals &vitals = status.vitals();
    return {
        fact(QStringLiteral("time"), tr("Connected for"), status.connectedFor()),
        fact(QStringLiteral("roundTrip"), tr("Round trip"),
             ConnectionStatus::roundTripText(vitals.roundTrip)),
        fact(QStringLiteral("channels"), tr("Open channels"), QLocale().toString(vitals.channels)),
        fact(QStringLiteral("received"), tr("Received"), sizeText(vitals.bytesReceived)),
        fact(QStringLiteral("sent"), tr("Sent"), sizeText(vitals.bytesSent)),
    };
}

} // namespace

QList<ConnectionFact> connectionFacts(const ConnectionStatus &status)
{
    if (status.liveness() != ConnectionStatus::Liveness::Connected) {
        return {fact(QStringLiteral("state"), tr("State"),
                     ConnectionStatus::livenessText(status.liveness()))};
    }
    return wayFacts(status.info(), status.route()) + serverFacts(status.info())
        + algorithmFacts(status.info()) + vitalFacts(status);
}

QString weaknessText(ssh::Weakness weakness)
{
    using ssh::Weakness;
    switch (weakness) {
    case Weakness::NotPostQuantum:
        return tr("Not post-quantum: who records it today may read it once there are quantum "
                  "computers.");
    case Weakness::SmallGroup:
        return tr("Weak: 1024 bits can be broken by those with means.");
    case Weakness::Sha1:
        return tr("Weak: SHA-1 is broken.");
    case Weakness::Md5:
        return tr("Weak: MD5 is broken.");
    case Weakness::CbcMode:
        return tr("Weak: in CBC mode parts of the text can be recovered.");
    case Weakness::SmallBlocks:
        return tr("Weak: its small blocks repeat after some gigabytes.");
    case Weakness::Rc4:
        return tr("Weak: RC4 is broken.");
    case Weakness::NoEncryption:
        return tr("Nothing is encrypted.");
    case Weakness::NoIntegrity:
        return tr("Changes on the way are not noticed.");
    case Weakness::ShortRsa:
        return tr("Short: RSA keys should have at least 3072 bits.");
    case Weakness::NotStrict:
        break;
    }
    return tr("Weak: somebody in between can remove the first messages unseen (Terrapin).");
}

QString factsText(const QList<ConnectionFact> &facts)
{
    QStringList lines;
    for (const ConnectionFact &fact : facts) {
        const QString line = fact.label + QStringLiteral(": ") + fact.value;
        lines.append(fact.remark.isEmpty() ? line
                                           : line + QStringLiteral(" (%1)").arg(fact.remark));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace ui
