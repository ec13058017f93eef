#include "app/TransferArguments.h"

#include "app/ArgumentText.h"
#include "profiles/Transport.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace app {
namespace {

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

base::Result<void, UsageError> parseSpeed(const QCommandLineParser &parser,
                                          const CommandLineOptions &options,
                                          TransferOptions &result)
{
    if (parser.isSet(options.limitRate)) {
        result.bytesPerSecond = parseRate(parser.value(options.limitRate));
        if (!result.bytesPerSecond) {
            return usage(
                u"The rate must be a number of bytes each second, with K, M or G behind it perhaps."_s);
        }
    }
    if (parser.isSet(options.jobs)) {
        const auto connections
            = numberBetween(1, profiles::mostTransferConnections, parser.value(options.jobs),
                            u"The number of jobs must be 1 to 8."_s);
        if (!connections) {
            return base::Failure(connections.error());
        }
        result.connections = static_cast<int>(*connections);
    }
    return {};
}

} // namespace

base::Result<TransferOptions, UsageError> parseTransferOptions(const QCommandLineParser &parser,
                                                               const CommandLineOptions &options)
{
    TransferOptions result;
    if (const auto parsed = parseSpeed(parser, options, result); !parsed) {
        return base::Failure(parsed.error());
    }
    if (parser.isSet(options.retries)) {
        const auto retries = numberBetween(0, 1000, parser.value(options.retries),
                                           u"The number of retries must be 0 to 1000."_s);
        if (!retries) {
            return base::Failure(retries.error());
        }
        result.retries = static_cast<int>(*retries);
    }
    if (parser.isSet(options.links)) {
        const auto links = transfer::linkChoiceFromName(parser.value(options.links));
        if (!links) {
            return usage(u"--links must be copy, follow or skip."_s);
        }
        result.links = *links;
    }
    result.printsSummary = parser.isSet(options.json);
    result.resume = parser.isSet(options.resume);
    result.verify = parser.isSet(options.verify);
    result.flush = parser.isSet(options.flush);
    result.preserve = parser.isSet(options.preserve);
    return result;
}

} // namespace app
