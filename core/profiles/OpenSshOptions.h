// OpenSshOptions: what OpenSSH's configuration says about one alias, as `ssh -G` prints it, and
// what of it a session takes over.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace profiles {

// Of a value: "yes", or "true", which ssh takes for it, whatever the case.
bool saysYes(const QString &value);

class OpenSshOptions
{
public:
    struct Line
    {
        QString keyword; // in lower case
        QString value;

        QString toString() const { return keyword + u' ' + value; }
        friend bool operator==(const Line &, const Line &) = default;
    };

    OpenSshOptions() = default;

    // The output of `ssh -G ALIAS`; what `ssh -G -F none ALIAS` says as well was not configured.
    static OpenSshOptions ofClient(const QString &alias, QByteArrayView output,
                                   QByteArrayView defaults);

    // Lines of Host blocks: of each keyword the first counts, of a list all (ssh_config(5)).
    static OpenSshOptions ofPlainBlocks(const QString &alias, const QList<Line> &lines);

    const QString &alias() const { return m_alias; }

    // The first value of a keyword in lower case; absent if nobody configured it.
    std::optional<QString> value(QStringView keyword) const;
    QStringList values(QStringView keyword) const;

    // What ssh would use if nobody had configured the keyword; empty without the client.
    QString usualValue(const QString &keyword) const { return m_usual.value(keyword); }

    // What was configured, in its order.
    const QList<Line> &lines() const { return m_lines; }

    // The value with "~" and the tokens of ssh_config(5), TOKENS, and ${VARIABLES} filled in.
    // Absent if there is a token that we do not know, or a variable that is not set.
    std::optional<QString> expanded(const QString &value) const;

    // The same for values in which only the tokens mean something.
    std::optional<QString> withTokens(const QString &value) const;

    // The files of a keyword that takes several, expanded. OpenSSH prints them without quotes: a
    // blank parts two of them if what follows begins as a path does.
    QStringList files(QStringView keyword) const;

    // `profile` with what is configured, but what the profile has of its own stays. Fails with
    // InvalidName if host, user or port are none; the error's subject is what was configured.
    base::Result<Profile> appliedTo(Profile profile) const;

    // What appliedTo() takes over, so that others need not tell that it was lost.
    static const QStringList &appliedKeywords();

    friend bool operator==(const OpenSshOptions &, const OpenSshOptions &) = default;

private:
    QString hostName() const;
    QHash<QChar, QString> tokens() const;
    Profile withLogin(Profile profile) const;

    QString m_alias;
    QList<Line> m_lines;
    QHash<QString, QString> m_usual; // of the keywords in m_lines, the first value of each
};

} // namespace profiles
