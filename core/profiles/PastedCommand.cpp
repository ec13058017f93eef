#include "profiles/PastedCommand.h"

#include "profiles/OpenSshOptions.h"
#include "profiles/OpenSshRules.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Problem = PastedCommandError::Problem;
using Done = base::Result<void, PastedCommandError>;

// Of ssh(1) in OpenSSH 10.
constexpr QStringView valueOptions = u"BbcDEeFIiJLlmOoPpQRSWw";
constexpr QStringView plainOptions = u"46AaCfGgKkMNnqsTtVvXxYy";
constexpr QStringView shellOptions = u"fNnqTtvk"; // nothing that a session could keep

std::unexpected<PastedCommandError> failure(Problem problem, const QString &word,
                                            std::optional<AddressError> address = {})
{
    return std::unexpected(PastedCommandError{problem, word, address});
}

// The shell would have done so.
QString withHome(const QString &path)
{
    return path.startsWith("~/"_L1) ? QDir::homePath() + path.sliced(1) : path;
}

class Parser
{
public:
    explicit Parser(QStringList words)
        : m_words(std::move(words))
    {
    }

    base::Result<PastedCommand, PastedCommandError> run()
    {
        while (!m_words.isEmpty()) {
            const QString word = m_words.takeFirst();
            const bool isPlain = word == "--"_L1 || word == "-"_L1 || !word.startsWith(u'-');
            const Done done = isPlain ? takePlain(word) : takeCluster(word.sliced(1));
            if (!done) {
                return std::unexpected(done.error());
            }
        }
        return conclude();
    }

private:
    // The host, then the command with all that follows.
    Done takePlain(const QString &word)
    {
        if (m_host.isEmpty()) {
            m_host = word == "--"_L1 && !m_words.isEmpty() ? m_words.takeFirst() : word;
        } else {
            m_command = word == "--"_L1 ? m_words : QStringList{word} + m_words;
            m_words.clear();
        }
        return {};
    }

    // "-4Cp 22", "-p22".
    Done takeCluster(QString letters)
    {
        while (!letters.isEmpty()) {
            const QChar letter = letters.front();
            letters.removeFirst();
            const QString name = u'-' + QString(letter);
            if (plainOptions.contains(letter)) {
                takeFlag(letter);
                continue;
            }
            if (!valueOptions.contains(letter)) {
                return failure(Problem::UnknownOption, name);
            }
            if (letters.isEmpty() && m_words.isEmpty()) {
                return failure(Problem::NoValue, name);
            }
            return takeValue(letter, letters.isEmpty() ? m_words.takeFirst() : letters);
        }
        return {};
    }

    void takeFlag(QChar letter)
    {
        switch (letter.unicode()) {
        case u'4':
            m_result.profile.route.addressFamily = base::AddressFamily::IPv4;
            break;
        case u'6':
            m_result.profile.route.addressFamily = base::AddressFamily::IPv6;
            break;
        case u'A':
            m_result.profile.forwardAgent = true;
            break;
        case u'a':
            m_result.profile.forwardAgent = false;
            break;
        case u'X':
        case u'Y':
            m_result.profile.forwardX11 = true;
            break;
        case u'x':
            m_result.profile.forwardX11 = false;
            break;
        case u'C':
            m_result.profile.transport.compress = true;
            break;
        default:
            if (!shellOptions.contains(letter)) {
                m_result.leftOut << u'-' + QString(letter);
            }
        }
    }

    Done takeValue(QChar letter, const QString &value)
    {
        switch (letter.unicode()) {
        case u'p':
            return takePort(value);
        case u'l':
            m_user = value;
            return {};
        case u'i':
            m_result.profile.identityFiles << withHome(value);
            return {};
        case u'b':
            m_result.profile.route.bindAddress = value;
            return {};
        case u'J':
            return takeJumpHosts(value);
        case u'L':
            return takeForward(Forward::Kind::Local, value);
        case u'R':
            return takeForward(Forward::Kind::Remote, value);
        case u'D':
            return takeForward(Forward::Kind::Dynamic, value);
        case u'o':
            return takeOption(value);
        default:
            m_result.leftOut << u'-' + QString(letter) + u' ' + value;
            return {};
        }
    }

    Done takePort(const QString &value)
    {
        bool isNumber = false;
        const quint16 port = value.toUShort(&isNumber);
        if (!isNumber || port == 0) {
            return failure(Problem::BadPort, value);
        }
        m_port = port;
        return {};
    }

    Done takeJumpHosts(const QString &value)
    {
        m_result.profile.route.jumpHosts.clear();
        if (value == "none"_L1) {
            return {};
        }
        for (const QString &text : value.split(u',')) {
            const auto address = TargetAddress::parse(text);
            if (!address) {
                return failure(Problem::BadAddress, text, address.error());
            }
            m_result.profile.route.jumpHosts.append(*address);
        }
        return {};
    }

    Done takeForward(Forward::Kind kind, const QString &value)
    {
        const auto forward = Forward::parse(kind, value);
        if (!forward) {
            return failure(Problem::BadForward, value);
        }
        m_result.profile.forwards.append(*forward);
        return {};
    }

    // As in ssh_config(5): "Name=value" or "Name value".
    Done takeOption(const QString &text)
    {
        const auto isEnd = [](QChar character) { return character == u'=' || character == u' '; };
        const qsizetype end = std::ranges::find_if(text, isEnd) - text.begin();
        const QString name = text.first(end).toLower();
        const QString value = text.sliced(std::min(end + 1, text.size())).trimmed();
        Profile &profile = m_result.profile;
        if (name == "port"_L1) {
            return takePort(value);
        }
        if (name == "user"_L1) {
            m_user = value;
        } else if (name == "hostname"_L1) {
            m_hostName = value;
        } else if (name == "identityfile"_L1) {
            profile.identityFiles << withHome(value);
        } else if (name == "identitiesonly"_L1) {
            profile.identitiesOnly = saysYes(value);
        } else if (name == "proxyjump"_L1) {
            return takeJumpHosts(value);
        } else if (!takeOpenSshOption(profile, name, value)) {
            m_result.leftOut << u"-o "_s + text;
        }
        return {};
    }

    base::Result<PastedCommand, PastedCommandError> conclude()
    {
        if (m_host.isEmpty()) {
            return failure(Problem::NoHost, {});
        }
        auto address = TargetAddress::parse(m_host);
        if (!address) {
            return failure(Problem::BadAddress, m_host, address.error());
        }
        if (!m_hostName.isEmpty()) {
            const auto named = TargetAddress::parse(m_hostName);
            if (!named) {
                return failure(Problem::BadAddress, m_hostName, named.error());
            }
            address->host = named->host;
        }
        // What stands with the host counts more, as for ssh.
        if (address->user.isEmpty()) {
            address->user = m_user;
        }
        if (!address->port) {
            address->port = m_port;
        }
        const auto whole = TargetAddress::parse(address->toString()); // the user too
        if (!whole) {
            return failure(Problem::BadAddress, address->toString(), whole.error());
        }
        const Profile made = Profile::forAddress(*whole);
        m_result.profile.id = made.id;
        m_result.profile.name = made.name;
        m_result.profile.host = made.host;
        m_result.profile.user = made.user;
        m_result.profile.port = made.port;
        m_result.profile.startupCommand = m_command.join(u' '); // as ssh sends it
        return m_result;
    }

    QStringList m_words; // not looked at yet
    PastedCommand m_result;
    QString m_host;
    QString m_hostName; // in its place, for the address
    QString m_user;
    std::optional<quint16> m_port;
    QStringList m_command;
};

} // namespace

base::Result<PastedCommand, PastedCommandError> PastedCommand::parse(const QStringList &words)
{
    return Parser(words).run();
}

} // namespace profiles
