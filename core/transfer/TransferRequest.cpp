#include "transfer/TransferRequest.h"

#include <algorithm>
#include <array>
#include <utility>

namespace transfer {

std::optional<LinkChoice> linkChoiceFromName(QStringView name)
{
    static constexpr std::array<std::pair<QStringView, LinkChoice>, 3> names{
        {{u"copy", LinkChoice::Copy},
         {u"follow", LinkChoice::Follow},
         {u"skip", LinkChoice::Skip}}};
    const auto found
        = std::ranges::find(names, name, [](const auto &entry) { return entry.first; });
    return found != names.end() ? std::optional(found->second) : std::nullopt;
}

std::optional<ConflictAnswer> conflictAnswerFromName(QStringView name)
{
    static constexpr std::array<std::pair<QStringView, ConflictAnswer>, 6> names{
        {{u"overwrite", ConflictAnswer::Overwrite},
         {u"older", ConflictAnswer::OverwriteOlder},
         {u"size", ConflictAnswer::OverwriteOtherSize},
         {u"resume", ConflictAnswer::Resume},
         {u"keep", ConflictAnswer::KeepBoth},
         {u"skip", ConflictAnswer::Skip}}};
    const auto found
        = std::ranges::find(names, name, [](const auto &entry) { return entry.first; });
    return found != names.end() ? std::optional(found->second) : std::nullopt;
}

bool isCopyOf(const files::FileAttributes &source, const files::FileAttributes &target)
{
    return source.type() == target.type() && source.size && source.size == target.size
        && source.modificationTime && source.modificationTime == target.modificationTime;
}

bool isSameFile(const files::FileEntry &source, const files::FileEntry &target)
{
    if (source.attributes.type() == files::FileType::SymbolicLink) {
        return target.attributes.type() == files::FileType::SymbolicLink
            && source.linkTarget == target.linkTarget;
    }
    return isCopyOf(source.attributes, target.attributes);
}

TransferRequest retryOf(const TransferRequest &request, const Summary &summary)
{
    TransferRequest retry = request;
    retry.sources.clear();
    retry.targetNames.clear();
    retry.memory.reset();
    for (const FileFailure &failure : summary.failures) {
        retry.sources.append(failure.path);
        retry.targetNames.append(failure.target);
    }
    return retry;
}

} // namespace transfer
