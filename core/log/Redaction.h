// Redaction: takes secrets out of a text before it is stored: those that are known, and what looks
// like one by what stands around it.

#pragma once

#include "base/SecretString.h"

#include <QList>
#include <QString>

namespace logging {

class Redaction
{
public:
    // Takes the place of a secret.
    static QString placeholder();

    // From now on this is taken out wherever it stands. Very short ones are not, for they would
    // tear other words apart and show by that where they are.
    void add(const base::SecretString &secret);
    void forget(); // all of them: what comes from now on has nothing to do with them

    // `text` without the known secrets, passwords in URLs, values behind words such as "password="
    // and "token:", and private keys.
    QString applied(const QString &text) const;

private:
    QList<base::SecretString> m_secrets;
};

} // namespace logging
