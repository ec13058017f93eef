#include "app/CommandLine.h"

#include "app/KeysArguments.h"
#include "app/RemoteFileArgument.h"
#include "base/DisplayText.h"
#include "profiles/TargetName.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using Parsed = base::Result<CommandLine, UsageError>;
using ParsedRequest = base::Result<CommandLine::Request, UsageError>;

constexpr uint longestTimeoutSeconds = 24 * 60 * 60;

base::Failure<UsageError> usage(const QString &sentence)
{
    return base::Failure(UsageError{sentence});
}

// QCommandLineParser works on text, and arguments are bytes: in Latin-1 every byte is one
// character, and comes back as it was.
QString packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

QByteArray bytesOf(const QString &packedText)
{
    return packedText.toLatin1();
}

QString textOf(const QString &packedText)
{
    return QString::fromUtf8(bytesOf(packedText));
}

QString quoted(const QString &text)
{
    return u'"' + base::displayText(text) + u'"';
}

struct Options
{
    QCommandLineOption port{u"p"_s, u"Connect to this port."_s, u"PORT"_s};
    QCommandLineOption user{u"l"_s, u"Log in as this user."_s, u"USER"_s};
    QCommandLineOption identity{
        u"i"_s,
        u"Log in with this private key. May be repeated; the keys are tried in this order."_s,
        u"FILE"_s};
    QCommandLineOption knownHosts{
        u"known-hosts"_s,
        u"Look for host keys here instead of ~/.ssh/known_hosts. May be repeated; new keys go into the first."_s,
        u"FILE"_s};
    QCommandLineOption policy{
        u"host-key-policy"_s,
        u"What to do with the key of an unknown host: reject, warn, auto-add or ask."_s,
        u"POLICY"_s};
    QCommandLineOption timeout{u"connect-timeout"_s, u"Give up connecting after this time."_s,
                               u"SECONDS"_s};
    QCommandLineOption noAgent{u"no-agent"_s, u"Do not ask the SSH agent for keys."_s};
    QCommandLineOption noDefaultKeys{u"no-default-keys"_s, u"Do not try the keys ~/.ssh/id_*."_s};
    QCommandLineOption recursive{
        {u"r"_s, u"recursive"_s},
        u"get, put: copy directories with all that is in them. They always are: this is for those who are used to scp."_s};
    QCommandLineOption limitRate{
        u"limit-rate"_s,
        u"get, put: copy at most so many bytes each second; K, M and G stand for 1024, 1024 K and 1024 M."_s,
        u"BYTES"_s};
    QCommandLineOption jobs{
        u"jobs"_s,
        u"get, put: use up to this many connections at once for large files, 1 to 8; normally 4."_s,
        u"COUNT"_s};
    QCommandLineOption json{
        u"json"_s, u"get, put, keys list: print what was copied or found as JSON, for programs."_s};
    QCommandLineOption logLevel{
        u"log-level"_s, u"What to log to standard error: error, warning, info, debug or trace."_s,
        u"LEVEL"_s};
    QCommandLineOption configDir{u"config-dir"_s, u"Keep settings and sessions here."_s, u"DIR"_s};
    QCommandLineOption keyType{
        u"type"_s, u"Of keys generate: ed25519, the default, ecdsa or rsa."_s, u"TYPE"_s};
    QCommandLineOption keyBits{
        u"bits"_s, u"Of keys generate: 256, 384 or 521 for ecdsa, 3072 or more for rsa."_s,
        u"NUMBER"_s};
    QCommandLineOption keyComment{u"comment"_s, u"Of keys generate: instead of user@host."_s,
                                  u"TEXT"_s};
    QCommandLineOption demo{u"demo"_s, u"Open the window on a private server of its own."_s};
    QCommandLineOption help{{u"h"_s, u"help"_s}, u"Print this."_s};
    QCommandLineOption version{{u"v"_s, u"version"_s}, u"Print the version."_s};

    QList<QCommandLineOption> all() const
    {
        return {port,          user,      identity,   knownHosts, policy, timeout,  noAgent,
                noDefaultKeys, recursive, limitRate,  jobs,       json,   logLevel, configDir,
                keyType,       keyBits,   keyComment, demo,       help,   version};
    }
};

base::Result<uint, UsageError> numberBetween(uint lowest, uint highest, const QString &text,
                                             const QString &sentence)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    if (!isNumber || number < lowest || number > highest) {
        return usage(sentence);
    }
    return number;
}

base::Result<ssh::LogLevel, UsageError> parseLogLevel(const QString &name)
{
    static const QStringList names{u"error"_s, u"warning"_s, u"info"_s, u"debug"_s, u"trace"_s};
    const qsizetype index = names.indexOf(name);
    if (index < 0) {
        return usage(u"The log level must be error, warning, info, debug or trace."_s);
    }
    return static_cast<ssh::LogLevel>(index);
}

base::Result<ConnectionOptions, UsageError> parseConnection(const QCommandLineParser &parser,
                                                            const Options &options)
{
    ConnectionOptions result;
    if (parser.isSet(options.user)) {
        result.user = textOf(parser.value(options.user));
        if (!profiles::isAcceptableUser(result.user)) {
            return usage(quoted(result.user) + u" can not be used as a user name."_s);
        }
    }
    if (parser.isSet(options.port)) {
        const auto port = numberBetween(1, 65535, parser.value(options.port),
                                        u"The port must be a number from 1 to 65535."_s);
        if (!port) {
            return base::Failure(port.error());
        }
        result.port = static_cast<quint16>(*port);
    }
    if (parser.isSet(options.timeout)) {
        const auto seconds
            = numberBetween(1, longestTimeoutSeconds, parser.value(options.timeout),
                            u"The time limit must be a number of seconds, 1 or more."_s);
        if (!seconds) {
            return base::Failure(seconds.error());
        }
        result.connectTimeout = std::chrono::seconds(*seconds);
    }
    if (parser.isSet(options.policy)) {
        result.hostKeyPolicy = hostkeys::policyFromName(parser.value(options.policy));
        if (!result.hostKeyPolicy) {
            return usage(u"The host key policy must be reject, warn, auto-add or ask."_s);
        }
    }
    std::ranges::transform(parser.values(options.identity),
                           std::back_inserter(result.identityFiles), textOf);
    std::ranges::transform(parser.values(options.knownHosts),
                           std::back_inserter(result.knownHostsFiles), textOf);
    result.useAgent = !parser.isSet(options.noAgent);
    result.useDefaultKeys = !parser.isSet(options.noDefaultKeys);
    return result;
}

// A number of bytes, with K, M or G behind it perhaps.
std::optional<quint64> parseRate(const QString &text)
{
    static const QString units = u"KMG"_s;
    const qsizetype unit = text.isEmpty() ? -1 : units.indexOf(text.back().toUpper());
    const qsizetype shift = 10 * (unit + 1);
    bool isNumber = false;
    const quint64 number = (unit < 0 ? text : text.chopped(1)).toULongLong(&isNumber);
    const bool fits = isNumber && number > 0
        && number <= (std::numeric_limits<quint64>::max() >> 4U) >> static_cast<quint64>(shift);
    return fits ? std::optional(number << static_cast<quint64>(shift)) : std::nullopt;
}

base::Result<TransferOptions, UsageError> parseTransferOptions(const QCommandLineParser &parser,
                                                               const Options &options)
{
    TransferOptions result;
    if (parser.isSet(options.limitRate)) {
        result.bytesPerSecond = parseRate(parser.value(options.limitRate));
        if (!result.bytesPerSecond) {
            return usage(
                u"The rate must be a number of bytes each second, with K, M or G behind it perhaps."_s);
        }
    }
    if (parser.isSet(options.jobs)) {
        const auto connections = numberBetween(1, 8, parser.value(options.jobs),
                                               u"The number of jobs must be 1 to 8."_s);
        if (!connections) {
            return base::Failure(connections.error());
        }
        result.connections = static_cast<int>(*connections);
    }
    result.printsSummary = parser.isSet(options.json);
    return result;
}

// Puts them where they belong; elsewhere they would be ignored in silence.
base::Result<void, UsageError> addTransferOptions(CommandLine::Request &request,
                                                  const QCommandLineParser &parser,
                                                  const Options &options)
{
    const auto parsed = parseTransferOptions(parser, options);
    if (!parsed) {
        return base::Failure(parsed.error());
    }
    if (auto *get = std::get_if<GetRequest>(&request)) {
        get->options = *parsed;
        return {};
    }
    if (auto *put = std::get_if<PutRequest>(&request)) {
        put->options = *parsed;
        return {};
    }
    for (const QCommandLineOption &option : {options.recursive, options.limitRate, options.jobs}) {
        if (parser.isSet(option)) {
            return usage(u"--%1 is for get and put only."_s.arg(option.names().last()));
        }
    }
    if (parsed->printsSummary && !std::holds_alternative<KeysRequest>(request)) {
        return usage(u"--json is for get, put and keys list only."_s);
    }
    return {};
}

// The words after the verb, in front of "--" and behind it.
struct Operands
{
    QByteArrayList before;
    std::optional<QByteArrayList> after; // absent without "--"

    QByteArrayList all() const { return before + after.value_or(QByteArrayList()); }
};

ParsedRequest parseExec(const Operands &operands)
{
    if (operands.before.size() != 1) {
        return usage(
            operands.before.isEmpty()
                ? u"exec needs a server and a command: ponto exec TARGET -- COMMAND"_s
                : u"exec needs -- in front of the command: ponto exec TARGET -- COMMAND"_s);
    }
    const QByteArray command = operands.after.value_or(QByteArrayList()).join(' ');
    if (command.isEmpty()) {
        return usage(u"exec needs a command: ponto exec TARGET -- COMMAND"_s);
    }
    return ExecRequest{QString::fromUtf8(operands.before.first()), command};
}

base::Failure<UsageError> noRemoteFile(const QByteArray &argument)
{
    return usage(quoted(QString::fromUtf8(argument))
                 + u" names no file on a server: write TARGET:PATH or an sftp:// address."_s);
}

ParsedRequest parseGet(const Operands &operands)
{
    QByteArrayList words = operands.all();
    if (words.size() < 2) {
        return usage(u"get needs files and a place for them: ponto get TARGET:PATH... LOCAL"_s);
    }
    GetRequest request;
    request.destination = words.takeLast();
    for (const QByteArray &word : std::as_const(words)) {
        const auto file = parseRemoteFile(word);
        if (!file) {
            return noRemoteFile(word);
        }
        if (!request.sources.isEmpty() && file->target != request.sources.first().target) {
            return usage(u"get copies from one server at a time."_s);
        }
        request.sources.append(*file);
    }
    return request;
}

ParsedRequest parsePut(const Operands &operands)
{
    QByteArrayList words = operands.all();
    if (words.size() < 2) {
        return usage(u"put needs files and a place for them: ponto put LOCAL... TARGET:PATH"_s);
    }
    const QByteArray destination = words.takeLast();
    const auto file = parseRemoteFile(destination);
    if (!file) {
        return noRemoteFile(destination);
    }
    return PutRequest{words, *file};
}

ParsedRequest parseList(const Operands &operands)
{
    const QByteArrayList words = operands.all();
    if (words.size() != 1) {
        return usage(u"ls needs one directory or file: ponto ls TARGET:PATH"_s);
    }
    const auto file = parseRemoteFile(words.first());
    if (!file) {
        return noRemoteFile(words.first());
    }
    return ListRequest{*file};
}

KeysOptions keysOptions(const QCommandLineParser &parser, const Options &options)
{
    KeysOptions result{.isJson = parser.isSet(options.json),
                       .type = textOf(parser.value(options.keyType)),
                       .bits = textOf(parser.value(options.keyBits))};
    if (parser.isSet(options.keyComment)) {
        result.comment = textOf(parser.value(options.keyComment));
    }
    return result;
}

ParsedRequest parseWindow(const Operands &operands)
{
    const QByteArrayList words = operands.all();
    if (words.size() > 1) {
        return usage(quoted(QString::fromUtf8(words.first()))
                     + u" is no verb: there are exec, get, put, ls and keys."_s);
    }
    return WindowRequest{words.isEmpty() ? QString() : QString::fromUtf8(words.first())};
}

ParsedRequest parseVerb(Operands operands)
{
    using Parser = ParsedRequest (*)(const Operands &);
    static constexpr std::array<std::pair<const char *, Parser>, 4> verbs{
        {{"exec", parseExec}, {"get", parseGet}, {"put", parsePut}, {"ls", parseList}}};
    for (const auto &[name, parser] : verbs) {
        if (!operands.before.isEmpty() && operands.before.first() == name) {
            operands.before.removeFirst();
            return parser(operands);
        }
    }
    return parseWindow(operands);
}

Operands operandsOf(const QCommandLineParser &parser, const QByteArrayList &arguments,
                    qsizetype separator)
{
    Operands operands;
    std::ranges::transform(parser.positionalArguments(), std::back_inserter(operands.before),
                           bytesOf);
    if (separator >= 0) {
        operands.after = arguments.sliced(separator + 1);
    }
    return operands;
}

ParsedRequest parseRequest(const QCommandLineParser &parser, const Options &options,
                           const Operands &operands)
{
    if (parser.isSet(options.help)) {
        return HelpRequest();
    }
    if (parser.isSet(options.version)) {
        return VersionRequest();
    }
    if (!parser.isSet(options.demo)) {
        if (operands.before.value(0) == "keys") {
            return parseKeys(operands.all().sliced(1), keysOptions(parser, options));
        }
        return parseVerb(operands);
    }
    if (!operands.all().isEmpty()) {
        return usage(u"--demo brings its own server: it takes no verb and no target."_s);
    }
    return DemoRequest();
}

} // namespace

Parsed CommandLine::parse(const QByteArrayList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    parser.addOptions(options.all());
    const qsizetype separator = arguments.indexOf("--");
    QStringList words{u"ponto"_s};
    std::ranges::transform(separator < 0 ? arguments : arguments.first(separator),
                           std::back_inserter(words), packed);
    if (!parser.parse(words)) {
        return usage(base::displayText(textOf(parser.errorText())));
    }

    auto request = parseRequest(parser, options, operandsOf(parser, arguments, separator));
    if (!request) {
        return base::Failure(request.error());
    }
    if (const auto added = addTransferOptions(*request, parser, options); !added) {
        return base::Failure(added.error());
    }
    const auto connection = parseConnection(parser, options);
    if (!connection) {
        return base::Failure(connection.error());
    }
    CommandLine result{*request, *connection, textOf(parser.value(options.configDir))};
    if (parser.isSet(options.logLevel)) {
        const auto level = parseLogLevel(parser.value(options.logLevel));
        if (!level) {
            return base::Failure(level.error());
        }
        result.logLevel = *level;
    }
    return result;
}

QString CommandLine::helpText()
{
    QString text
        = u"Usage: ponto [options] [TARGET]                  open the window\n"
          "       ponto exec [options] TARGET -- COMMAND    run a command\n"
          "       ponto get [options] TARGET:PATH... LOCAL  copy files from the server\n"
          "       ponto put [options] LOCAL... TARGET:PATH  copy files to the server\n"
          "       ponto ls [options] TARGET:PATH            list a directory or a file\n"
          "       ponto keys list [--json]                  list keys of ~/.ssh and agent\n"
          "       ponto keys generate FILE                  make a new key\n"
          "       ponto keys install TARGET [-i FILE]       let a key log in to a server\n"
          "\n"
          "TARGET is the name of a saved session, user@host[:port], or an address that\n"
          "begins with ssh:// or sftp://.\n"
          "\n"
          "Options:\n"_s;
    const QList<QCommandLineOption> options = Options().all();
    for (const QCommandLineOption &option : options) {
        QStringList names;
        for (const QString &name : option.names()) {
            names.append((name.size() == 1 ? u"-"_s : u"--"_s) + name);
        }
        const QString line = u"  "_s + names.join(u", "_s) + u' ' + option.valueName();
        text += line.trimmed().prepend(u"  "_s).leftJustified(27) + u' ' + option.description()
            + u'\n';
    }
    return text;
}

} // namespace app
