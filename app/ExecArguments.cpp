#include "app/ExecArguments.h"

#include "app/ArgumentText.h"
#include "app/CommandLineOptions.h"

#include <QCommandLineParser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr uint mostJobs = 256;
constexpr uint longestTime = 7 * 24 * 3600; // seconds
constexpr uint mostFailures = 1'000'000;

// The number that an option has, or `fallback` without it.
base::Result<int, UsageError> number(const QCommandLineParser &parser,
                                     const QCommandLineOption &option, uint most, int fallback)
{
    if (!parser.isSet(option)) {
        return fallback;
    }
    return numberBetween(1, most, parser.value(option),
                         u"--%1 must be a number, 1 to %2."_s.arg(option.names().last()).arg(most))
        .transform([](uint value) { return static_cast<int>(value); });
}

// "2", or "10" of "10%".
base::Result<int, UsageError> failureLimit(const QString &digits, bool isShare)
{
    return numberBetween(1, isShare ? 100 : mostFailures, digits,
                         u"--stop-after must be a number, 1 to %1, or a share, 1% to 100%."_s.arg(
                             mostFailures))
        .transform([](uint value) { return static_cast<int>(value); });
}

base::Result<CommandLine::Request, UsageError> parseBatch(BatchRequest request,
                                                          const QCommandLineParser &parser,
                                                          const CommandLineOptions &options)
{
    const auto jobs = number(parser, options.jobs, mostJobs, request.mostAtOnce);
    const auto seconds = number(parser, options.commandTimeout, longestTime, 0);
    QString limit = parser.value(options.stopAfter);
    const bool isShare = limit.endsWith(u'%');
    limit.chop(isShare ? 1 : 0);
    const auto failures = parser.isSet(options.stopAfter) ? failureLimit(limit, isShare) : 0;
    const auto canary = number(parser, options.canary, mostFailures, 0);
    for (const auto *parsed : {&jobs, &seconds, &failures, &canary}) {
        if (!*parsed) {
            return base::Failure(parsed->error());
        }
    }
    request.mostAtOnce = *jobs;
    request.timeLimit = std::chrono::seconds(*seconds);
    request.stopAfter = isShare ? 0 : *failures;
    request.stopAfterPercent = isShare ? *failures : 0;
    request.canary = *canary;
    request.isJson = parser.isSet(options.json);
    request.isDryRun = parser.isSet(options.dryRun);
    request.group = textOf(parser.value(options.group));
    request.tag = textOf(parser.value(options.tag));
    request.hostsFile = bytesOf(parser.value(options.hosts));
    return request;
}

} // namespace

base::Result<CommandLine::Request, UsageError> parseExec(
    const QByteArrayList &targets, const std::optional<QByteArrayList> &command,
    const QCommandLineParser &parser, const CommandLineOptions &options)
{
    const bool isList
        = parser.isSet(options.group) || parser.isSet(options.tag) || parser.isSet(options.hosts);
    if (targets.isEmpty() && !isList) {
        return usage(u"exec needs a server and a command: ponto exec TARGET -- COMMAND"_s);
    }
    if (!command && targets.size() > 1) {
        return usage(u"exec needs -- in front of the command: ponto exec TARGET -- COMMAND"_s);
    }
    const QByteArray line = command.value_or(QByteArrayList()).join(' ');
    if (line.isEmpty()) {
        return usage(u"exec needs a command: ponto exec TARGET -- COMMAND"_s);
    }
    if (targets.size() == 1 && !isList && !parser.isSet(options.json)) {
        return ExecRequest{QString::fromUtf8(targets.first()), line};
    }
    BatchRequest request;
    std::ranges::transform(targets, std::back_inserter(request.targets),
                           [](const QByteArray &target) { return QString::fromUtf8(target); });
    request.command = line;
    return parseBatch(std::move(request), parser, options);
}

base::Result<void, UsageError> checkBatchOptions(const CommandLine::Request &request,
                                                 const QCommandLineParser &parser,
                                                 const CommandLineOptions &options)
{
    if (std::holds_alternative<BatchRequest>(request)) {
        return {};
    }
    for (const QCommandLineOption &option :
         {options.group, options.tag, options.hosts, options.commandTimeout, options.stopAfter,
          options.canary}) {
        if (parser.isSet(option)) {
            return usage(u"--%1 is for exec on several servers, or with --json."_s.arg(
                option.names().last()));
        }
    }
    return {};
}

} // namespace app
