// Fingerprint: a host key in forms that people can compare, as `ssh-keygen -l` prints them.

#pragma once

#include "hostkeys/HostKey.h"

#include <QString>
#include <QStringView>

namespace hostkeys {

class Fingerprint
{
public:
    enum class Comparison {
        Matches,
        Differs,
        Unreadable, // not a whole fingerprint of a kind that we know: says nothing about the key
    };

    explicit Fingerprint(HostKey key);

    // "SHA256:" and 43 characters of base64 without padding.
    QString sha256() const;

    // "MD5:" and 16 pairs of lower-case hexadecimal digits with colons between them.
    QString md5() const;

    // Eleven lines of 19 characters, joined by line feeds, for a fixed-width font: the picture that
    // `ssh-keygen -lv` draws from the SHA256 digest.
    QString randomart() const;

    // Compares with a fingerprint that somebody typed or pasted: SHA256 with or without prefix and
    // padding, MD5 with or without prefix and colons, blanks anywhere, or a whole line of
    // `ssh-keygen -l`. The whole digest counts: a part of it is Unreadable, never Matches.
    Comparison compare(QStringView typed) const;

private:
    HostKey m_key;
};

} // namespace hostkeys
