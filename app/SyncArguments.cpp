#include "app/SyncArguments.h"

#include "app/ArgumentText.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

using synchronize::ComparisonOptions;
using synchronize::Side;
using synchronize::SyncRules;

base::Result<void, UsageError> addComparison(SyncRequest &request, const QCommandLineParser &parser,
                                             const CommandLineOptions &options)
{
    ComparisonOptions &comparison = request.comparison;
    comparison.mayBeMissing = Side::Right;
    comparison.skipLinks = request.options.links == transfer::LinkChoice::Skip;
    comparison.filter.include = textsOf(parser.values(options.include));
    comparison.filter.exclude = textsOf(parser.values(options.exclude));
    if (parser.isSet(options.checksum) && parser.isSet(options.sizeOnly)) {
        return usage(u"--checksum and --size-only exclude each other."_s);
    }
    if (parser.isSet(options.checksum)) {
        comparison.criterion = ComparisonOptions::Criterion::Checksum;
    } else if (parser.isSet(options.sizeOnly)) {
        comparison.criterion = ComparisonOptions::Criterion::Size;
    }
    if (parser.isSet(options.timeTolerance)) {
        const auto seconds
            = numberBetween(0, 86'400, parser.value(options.timeTolerance),
                            u"The tolerance must be a number of seconds, 0 to 86400."_s);
        if (!seconds) {
            return base::Failure(seconds.error());
        }
        comparison.timeTolerance = std::chrono::seconds(*seconds);
    }
    return {};
}

} // namespace

base::Result<void, UsageError> addSyncArguments(SyncRequest &request,
                                                const QCommandLineParser &parser,
                                                const CommandLineOptions &options)
{
    if (request.options.links == transfer::LinkChoice::Follow) {
        return usage(u"sync copies links or skips them: it does not follow them."_s);
    }
    request.isDryRun = parser.isSet(options.dryRun);
    request.watches = parser.isSet(options.watch);
    request.rules.deletes = parser.isSet(options.removeExtra);
    request.rules.newerWins = parser.isSet(options.newer);
    const bool isTwoWay = parser.isSet(options.twoWay);
    if (isTwoWay) {
        request.rules.direction = SyncRules::Direction::BothWays;
    }
    if (isTwoWay && request.rules.deletes) {
        return usage(u"--two-way removes nothing: without a memory nobody knows whether a file is "
                     "new on one side or was removed on the other."_s);
    }
    const bool isToServer = !request.target.isLocal();
    if (isToServer && request.rules.deletes && request.target.path.isEmpty()) {
        return usage(
            u"--delete needs a directory that is named: TARGET: alone is the home directory "
            "of the login. Write TARGET:. if that is meant."_s);
    }
    const bool isUpload = isToServer && request.source.isLocal();
    if (request.watches && (isTwoWay || !isUpload || request.isDryRun)) {
        return usage(u"--watch keeps a server up to date with a directory here: ponto sync --watch "
                     "LOCAL TARGET:PATH, without --two-way and --dry-run."_s);
    }
    return addComparison(request, parser, options);
}

base::Result<void, UsageError> refuseSyncArguments(const QCommandLineParser &parser,
                                                   const CommandLineOptions &options)
{
    for (const QCommandLineOption &option :
         {options.removeExtra, options.twoWay, options.newer, options.checksum, options.sizeOnly,
          options.timeTolerance, options.include, options.exclude, options.watch}) {
        if (parser.isSet(option)) {
            return usage(u"--%1 is for sync only."_s.arg(option.names().last()));
        }
    }
    return {};
}

} // namespace app
