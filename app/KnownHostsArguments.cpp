#include "app/KnownHostsArguments.h"

#include "base/DisplayText.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using Action = KnownHostsRequest::Action;

struct ActionWord
{
    QByteArrayView word;
    Action action;
    bool hasHost;
    bool hasKey;
    QLatin1StringView form;
};

constexpr std::array actions{
    ActionWord{"check", Action::Check, true, true, "check HOST[:PORT] 'TYPE BASE64'"_L1},
    ActionWord{"find", Action::Find, true, false, "find HOST[:PORT]"_L1},
    ActionWord{"list", Action::List, false, false, "list"_L1},
    ActionWord{"add", Action::Add, true, true, "add HOST[:PORT] 'TYPE BASE64'"_L1},
    ActionWord{"remove", Action::Remove, true, false, "remove HOST[:PORT]"_L1},
};

base::Failure<UsageError> usage(const QString &sentence)
{
    return base::Failure(UsageError{sentence});
}

base::Failure<UsageError> badHost(const QByteArray &word)
{
    return usage(u"\"%1\" names no host: write HOST, HOST:PORT or [HOST]:PORT."_s.arg(
        base::displayText(word)));
}

// Splits HOST, HOST:PORT, [HOST]:PORT, or an IPv6 address.
base::Result<void, UsageError> readHost(const QByteArray &word, KnownHostsRequest &request)
{
    QByteArray host = word;
    QByteArray port;
    const qsizetype close = word.lastIndexOf(']');
    if (word.startsWith('[') && close > 0) {
        host = word.sliced(1, close - 1);
        port = word.sliced(close + 1);
    } else if (word.count(':') == 1) {
        host = word.first(word.indexOf(':'));
        port = word.sliced(host.size());
    }
    bool isNumber = port.isEmpty();
    const uint number = port.startsWith(':') ? port.sliced(1).toUInt(&isNumber) : 0;
    const bool isPort = port.isEmpty() || (isNumber && number >= 1 && number <= 65535);
    const bool isHost = !host.isEmpty() && std::ranges::none_of(host, [](char c) {
        return (c >= 0 && c <= ' ') || c == '\x7f' || c == '@' || c == '/' || c == '[';
    });
    if (!isHost || !isPort) {
        return badHost(word);
    }
    request.host = QString::fromUtf8(host);
    if (!port.isEmpty()) {
        request.port = static_cast<quint16>(number);
    }
    return {};
}

// A comment behind the key is ignored, so that the line of a .pub file can be pasted.
base::Result<void, UsageError> readKey(const QByteArrayList &words, KnownHostsRequest &request)
{
    const QByteArrayList parts = words.join(' ').simplified().split(' ');
    const auto decoded
        = QByteArray::fromBase64Encoding(parts.value(1), QByteArray::AbortOnBase64DecodingErrors);
    const auto key = hostkeys::HostKey::fromBlob(decoded ? *decoded : QByteArray());
    if (!key || key->type() != parts.first()) {
        return usage(u"The key must be its type and its base64 text, as in a .pub file: "
                     "'ssh-ed25519 AAAA...'."_s);
    }
    request.key = *key;
    return {};
}

} // namespace

base::Result<KnownHostsRequest, UsageError> parseKnownHosts(const QByteArrayList &words)
{
    const auto *const found = std::ranges::find_if(
        actions, [&words](const ActionWord &action) { return action.word == words.value(0); });
    if (found == actions.end()) {
        return usage(u"known-hosts needs to know what to do: check, find, list, add or remove."_s);
    }
    const qsizetype expected = 1 + (found->hasHost ? 1 : 0) + (found->hasKey ? 1 : 0);
    const bool isComplete = words.size() == expected || (found->hasKey && words.size() > expected);
    if (!isComplete) {
        return usage(u"It is written so: ponto known-hosts "_s + found->form);
    }
    KnownHostsRequest request{.action = found->action};
    if (found->hasHost) {
        if (const auto host = readHost(words[1], request); !host) {
            return base::Failure(host.error());
        }
    }
    if (found->hasKey) {
        if (const auto key = readKey(words.sliced(2), request); !key) {
            return base::Failure(key.error());
        }
    }
    return request;
}

} // namespace app
