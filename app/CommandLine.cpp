#include "app/CommandLine.h"

#include "app/ArgumentText.h"
#include "app/CommandLineOptions.h"
#include "app/ConnectionArguments.h"
#include "app/ExecArguments.h"
#include "app/ForwardArguments.h"
#include "app/KeysArguments.h"
#include "app/KnownHostsArguments.h"
#include "app/QtOptions.h"
#include "app/RemoteFileArgument.h"
#include "app/SyncArguments.h"
#include "app/TransferArguments.h"
#include "base/DisplayText.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using Parsed = base::Result<CommandLine, UsageError>;
using ParsedRequest = base::Result<CommandLine::Request, UsageError>;

// Puts them where they belong; elsewhere they would be ignored in silence.
base::Result<void, UsageError> addTransferOptions(CommandLine::Request &request,
                                                  const QCommandLineParser &parser,
                                                  const CommandLineOptions &options)
{
    const bool isBatch = std::holds_alternative<BatchRequest>(request); // has jobs of its own
    const auto parsed = isBatch ? TransferOptions() : parseTransferOptions(parser, options);
    if (!parsed) {
        return base::Failure(parsed.error());
    }
    if (auto *sync = std::get_if<SyncRequest>(&request)) {
        sync->options = *parsed;
        return addSyncArguments(*sync, parser, options);
    }
    if (const auto refused = refuseSyncArguments(parser, options); !refused) {
        return refused;
    }
    if (parser.isSet(options.dryRun) && !isBatch) {
        return usage(u"--dry-run is for sync, and for exec on several servers."_s);
    }
    if (auto *get = std::get_if<GetRequest>(&request)) {
        get->options = *parsed;
        return {};
    }
    if (auto *put = std::get_if<PutRequest>(&request)) {
        put->options = *parsed;
        return {};
    }
    for (const QCommandLineOption &option :
         {options.recursive, options.limitRate, options.jobs, options.resume, options.verify,
          options.flush, options.preserve, options.links, options.retries}) {
        const bool isOurs = isBatch && option.names() == options.jobs.names();
        if (parser.isSet(option) && !isOurs) {
            return usage(u"--%1 is for get, put and sync only."_s.arg(option.names().last()));
        }
    }
    const bool hasJson = isBatch || std::holds_alternative<KeysRequest>(request);
    if (parser.isSet(options.json) && !hasJson) {
        return usage(u"--json is for exec, get, put, sync and keys list only."_s);
    }
    return {};
}

// Likewise.
base::Result<void, UsageError> addTerminal(CommandLine::Request &request,
                                           const QCommandLineParser &parser,
                                           const CommandLineOptions &options)
{
    using ssh::CommandTerminal;
    const qsizetype count = parser.optionNames().count(options.terminal.names().first());
    const bool isRefused = parser.isSet(options.noTerminal);
    if (count == 0 && !isRefused) {
        return {};
    }
    auto *exec = std::get_if<ExecRequest>(&request);
    if (exec == nullptr) {
        return usage(u"-t and -T are for exec on one server only."_s);
    }
    if (count > 0 && isRefused) {
        return usage(u"-t and -T exclude each other."_s);
    }
    exec->terminal = isRefused ? CommandTerminal::Never
        : count == 1           ? CommandTerminal::LikeOurs
                               : CommandTerminal::Always;
    return {};
}

base::Result<void, UsageError> addNewWindow(CommandLine::Request &request,
                                            const QCommandLineParser &parser,
                                            const CommandLineOptions &options)
{
    if (!parser.isSet(options.newWindow)) {
        return {};
    }
    auto *window = std::get_if<WindowRequest>(&request);
    if (window == nullptr) {
        return usage(u"--new-window is for the window: it takes no verb."_s);
    }
    window->wantsOwnProgram = true;
    return {};
}

// The words after the verb, in front of "--" and behind it.
struct Operands
{
    QByteArrayList before;
    std::optional<QByteArrayList> after; // absent without "--"

    QByteArrayList all() const { return before + after.value_or(QByteArrayList()); }
};

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

// A colon tells which is on a server, but a path that begins with / or . is here.
base::Result<SyncDirectory, UsageError> parseSyncDirectory(const QByteArray &word)
{
    const bool isPath = word.startsWith('/') || word.startsWith('.');
    const auto remote = isPath ? std::nullopt : parseRemoteFile(word);
    if (remote) {
        return SyncDirectory{remote->target, remote->path};
    }
    if (!isPath && word.contains("://")) {
        return noRemoteFile(word);
    }
    return SyncDirectory{{}, word};
}

ParsedRequest parseSync(const Operands &operands)
{
    const QByteArrayList words = operands.all();
    if (words.size() != 2) {
        return usage(u"sync needs two directories, the source and the target: ponto sync LOCAL "
                     "TARGET:PATH, the other way round, or TARGET:PATH TARGET:PATH"_s);
    }
    const auto source = parseSyncDirectory(words.first());
    const auto target = parseSyncDirectory(words.last());
    if (!source || !target) {
        return base::Failure(source ? target.error() : source.error());
    }
    if (source->isLocal() && target->isLocal()) {
        return usage(u"sync needs a directory on a server: write TARGET:PATH or an sftp:// address "
                     "for that, and ./NAME for one here with a colon."_s);
    }
    SyncRequest request;
    request.source = *source;
    request.target = *target;
    return request;
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

ParsedRequest parseKnownHostsVerb(const Operands &operands)
{
    return parseKnownHosts(operands.all());
}

KeysOptions keysOptions(const QCommandLineParser &parser, const CommandLineOptions &options)
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
                     + u" is no verb: there are exec, get, put, sync, ls, tunnel, proxy, "
                       "known-hosts and keys."_s);
    }
    return WindowRequest{words.isEmpty() ? QString() : QString::fromUtf8(words.first())};
}

ParsedRequest parseVerb(Operands operands)
{
    using Parser = ParsedRequest (*)(const Operands &);
    static constexpr std::array<std::pair<const char *, Parser>, 5> verbs{
        {{"get", parseGet},
         {"put", parsePut},
         {"sync", parseSync},
         {"ls", parseList},
         {"known-hosts", parseKnownHostsVerb}}};
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

ParsedRequest parseRequest(const QCommandLineParser &parser, const CommandLineOptions &options,
                           const Operands &operands)
{
    if (parser.isSet(options.help)) {
        return HelpRequest();
    }
    if (parser.isSet(options.version)) {
        return VersionRequest();
    }
    if (parser.isSet(options.listProfiles)) {
        return operands.all().isEmpty() ? ParsedRequest(ListProfilesRequest())
                                        : usage(u"--list-profiles takes no verb and no target."_s);
    }
    if (!parser.isSet(options.demo)) {
        if (operands.before.value(0) == "exec") {
            return parseExec(operands.before.sliced(1), operands.after, parser, options);
        }
        if (operands.before.value(0) == "tunnel" || operands.before.value(0) == "forward") {
            return parseForward(operands.all().sliced(1), parser, options);
        }
        if (operands.before.value(0) == "proxy") {
            return parseProxy(operands.all().sliced(1));
        }
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
    const auto qt = QtOptions::takeFrom(arguments);
    if (!qt) {
        return base::Failure(qt.error());
    }
    Parsed parsed = parseOwn(qt->others);
    if (parsed && !qt->first.isEmpty() && !parsed->needsWindow()) {
        return usage(QString::fromLatin1(qt->first) + u" is for the window: it takes no verb."_s);
    }
    return parsed;
}

Parsed CommandLine::parseOwn(const QByteArrayList &arguments)
{
    const CommandLineOptions options;
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
    if (const auto fitting = checkForwardOptions(*request, parser, options); !fitting) {
        return base::Failure(fitting.error());
    }
    if (const auto fitting = checkBatchOptions(*request, parser, options); !fitting) {
        return base::Failure(fitting.error());
    }
    if (const auto added = addTransferOptions(*request, parser, options); !added) {
        return base::Failure(added.error());
    }
    if (const auto added = addNewWindow(*request, parser, options); !added) {
        return base::Failure(added.error());
    }
    if (const auto added = addTerminal(*request, parser, options); !added) {
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
        result.isLogLevelGiven = true;
    }
    result.logFile = textOf(parser.value(options.logFile));
    return result;
}

bool CommandLine::needsWindow() const
{
    return std::holds_alternative<WindowRequest>(request)
        || std::holds_alternative<DemoRequest>(request);
}

bool CommandLine::canBeHandedOver() const
{
    const auto *window = std::get_if<WindowRequest>(&request);
    return window != nullptr && !window->wantsOwnProgram && connection == ConnectionOptions()
        && logLevel == ssh::LogLevel::Error;
}

QString CommandLine::helpText()
{
    QString text
        = u"Usage: ponto [options] [TARGET]                  open the window\n"
          "       ponto exec [options] TARGET... -- COMMAND run a command, on one server or many\n"
          "       ponto get [options] TARGET:PATH... LOCAL  copy files from the server\n"
          "       ponto put [options] LOCAL... TARGET:PATH  copy files to the server\n"
          "       ponto sync [options] SOURCE TARGET        make a directory like another; one of "
          "the\n"
          "                                                 two is TARGET:PATH, or both are\n"
          "       ponto ls [options] TARGET:PATH            list a directory or a file\n"
          "       ponto tunnel [options] TARGET             forward ports until Ctrl+C\n"
          "       ponto proxy TARGET HOST PORT              standard input and output, through an "
          "open\n"
          "                                                 connection of the Ponto that runs\n"
          "       ponto known-hosts check [options] HOST[:PORT] 'TYPE BASE64'\n"
          "                                                 is this the key of the host?\n"
          "       ponto known-hosts find|remove HOST[:PORT] lines about the host\n"
          "       ponto known-hosts add HOST[:PORT] 'TYPE BASE64'\n"
          "       ponto known-hosts list                    all lines\n"
          "       ponto keys list [--json]                  list keys of ~/.ssh and agent\n"
          "       ponto keys generate FILE                  make a new key\n"
          "       ponto keys install TARGET [-i FILE]       let a key log in to a server\n"
          "\n"
          "TARGET is the name of a saved session, a host of ~/.ssh/config, user@host[:port],\n"
          "or an address that begins with ssh:// or sftp://.\n"
          "\n"
          "Options:\n"_s;
    const QList<QCommandLineOption> options = CommandLineOptions().all();
    for (const QCommandLineOption &option : options) {
        QStringList names;
        for (const QString &name : option.names()) {
            names.append((name.size() == 1 ? u"-"_s : u"--"_s) + name);
        }
        const QString line = u"  "_s + names.join(u", "_s) + u' ' + option.valueName();
        text += line.trimmed().prepend(u"  "_s).leftJustified(27) + u' ' + option.description()
            + u'\n';
    }
    text += u"\nThe window also takes the options of Qt programs, such as -platform, -style and "
            "-geometry.\n"_s;
    return text;
}

} // namespace app
