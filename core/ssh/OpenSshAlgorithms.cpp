#include "ssh/OpenSshAlgorithms.h"

#include "profiles/OpenSshConfigLine.h"
#include "ssh/Algorithms.h"
#include "ssh/LibsshHandles.h"

#include <algorithm>
#include <array>

namespace ssh {
namespace {

using profiles::AlgorithmList;
using profiles::OpenSshOptions;

struct ListKeyword
{
    QLatin1StringView keyword;
    AlgorithmList list;
    ssh_options_e option; // of libssh
};

constexpr std::array keywords{
    ListKeyword{QLatin1StringView("kexalgorithms"), AlgorithmList::KeyExchange,
                SSH_OPTIONS_KEY_EXCHANGE},
    ListKeyword{QLatin1StringView("hostkeyalgorithms"), AlgorithmList::HostKey,
                SSH_OPTIONS_HOSTKEYS},
    ListKeyword{QLatin1StringView("ciphers"), AlgorithmList::Cipher, SSH_OPTIONS_CIPHERS_C_S},
    ListKeyword{QLatin1StringView("macs"), AlgorithmList::Mac, SSH_OPTIONS_HMAC_C_S},
    ListKeyword{QLatin1StringView("pubkeyacceptedalgorithms"), AlgorithmList::PublicKey,
                SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES},
    // Its name until OpenSSH 8.5.
    ListKeyword{QLatin1StringView("pubkeyacceptedkeytypes"), AlgorithmList::PublicKey,
                SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES},
};

// What this libssh has is told by itself alone: it takes no list of which it knows nothing.
bool isKnown(const ListKeyword &which, const QString &name)
{
    if (!supportedAlgorithms(which.list).contains(name)) {
        return false;
    }
    const SessionHandle scratch(ssh_new());
    return ssh_options_set(scratch.get(), which.option, name.toUtf8().constData()) == SSH_OK;
}

// `ssh -G` prints whole lists. Elsewhere a sign in front changes the usual ones (ssh_config(5)):
// not knowing OpenSSH's, we take ours.
QStringList namesOf(const ListKeyword &which, const QString &value)
{
    const QStringList usual = presetAlgorithms(which.list, profiles::AlgorithmPreset::Modern);
    const QChar sign = value.isEmpty() ? QChar() : value.front();
    const bool isWhole = sign != u'+' && sign != u'-' && sign != u'^';
    QStringList names = value.sliced(isWhole ? 0 : 1).split(u',', Qt::SkipEmptyParts);
    if (sign == u'-') {
        const QByteArrayList patterns = names.join(u',').toUtf8().split(',');
        names = usual;
        names.removeIf([&patterns](const QString &name) {
            return profiles::matchesHostPatterns(patterns, name.toUtf8());
        });
    } else if (sign == u'+') {
        names = usual + names;
    } else if (sign == u'^') {
        names += usual;
    }
    names.removeDuplicates();
    return names;
}

} // namespace

base::Result<profiles::Transport> withAlgorithms(profiles::Transport transport,
                                                 const OpenSshOptions &options)
{
    for (const ListKeyword &which : keywords) {
        const auto value = options.value(QString(which.keyword));
        QStringList &list = transport.list(which.list);
        if (!value || !list.isEmpty()) {
            continue;
        }
        list = namesOf(which, *value);
        list.removeIf([&which](const QString &name) { return !isKnown(which, name); });
        if (list.isEmpty()) {
            return base::Failure(base::Error{.kind = base::ErrorKind::NoCommonAlgorithm,
                                             .operation = QStringLiteral("use"),
                                             .subject = which.keyword,
                                             .detail = options.alias(),
                                             .quote = *value});
        }
    }
    return transport;
}

std::optional<QStringList> algorithmsLeftOut(const OpenSshOptions &options, const QString &keyword)
{
    const auto which = std::ranges::find_if(
        keywords, [&keyword](const ListKeyword &each) { return each.keyword == keyword; });
    if (which == keywords.end()) {
        return std::nullopt;
    }
    QStringList names = namesOf(*which, options.value(keyword).value_or(QString()));
    const QStringList usual = options.usualValue(keyword).split(u',');
    const bool hasAllUsual = std::ranges::all_of(
        usual, [&names](const QString &name) { return names.contains(name); });
    names.removeIf([&](const QString &name) {
        return isKnown(*which, name) || (hasAllUsual && usual.contains(name));
    });
    return names;
}

} // namespace ssh
