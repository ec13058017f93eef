#include "log/Redaction.h"

#include <QRegularExpression>

#include <algorithm>

namespace logging {
namespace {

constexpr qsizetype shortestSecret = 4; // bytes
constexpr qsizetype mostSecrets = 64; // the last ones

// "scheme://user:secret@host" of RFC 3986 section 3.2.1.
const QRegularExpression &urlPassword()
{
    static const QRegularExpression expression(
        QStringLiteral("(\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s/@:]*:)[^\\s/@]+@"));
    return expression;
}

// "password=secret", "Token: secret", "Authorization: Basic secret", with or without quotes.
const QRegularExpression &namedSecret()
{
    static const QRegularExpression expression(
        QStringLiteral("(\\b(?:[\\w-]*(?:password|passwd|passphrase|secret|token)|authorization|"
                       "api[_-]?key)\\b[\"']?\\s*[=:]\\s*(?:(?:basic|bearer)\\s+)?)"
                       "(\"[^\"]*\"|'[^']*'|[^\\s,;&]+)"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &privateKey()
{
    static const QRegularExpression expression(
        QStringLiteral("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)"),
        QRegularExpression::DotMatchesEverythingOption);
    return expression;
}

} // namespace

QString Redaction::placeholder()
{
    return QStringLiteral("[redacted]");
}

void Redaction::add(const base::SecretString &secret)
{
    const bool isKnown = std::ranges::any_of(m_secrets, [&](const base::SecretString &known) {
        return known.bytes() == secret.bytes();
    });
    if (isKnown || secret.size() < shortestSecret) {
        return;
    }
    m_secrets.append(secret);
    if (m_secrets.size() > mostSecrets) {
        m_secrets.removeFirst();
    }
}

void Redaction::forget()
{
    m_secrets.clear();
}

QString Redaction::applied(const QString &text) const
{
    QByteArray bytes = text.toUtf8(); // so that no copy of a secret is made
    for (const base::SecretString &secret : m_secrets) {
        bytes.replace(secret.bytes(), QByteArrayView("[redacted]"));
    }
    QString result = m_secrets.isEmpty() ? text : QString::fromUtf8(bytes);
    result.replace(privateKey(), placeholder());
    result.replace(urlPassword(), QStringLiteral("\\1") + placeholder() + u'@');
    result.replace(namedSecret(), QStringLiteral("\\1") + placeholder());
    return result;
}

} // namespace logging
