#include "synchronize/ListingComparison.h"

#include "files/FilePath.h"
#include "transfer/FileNames.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;
using files::FileEntry;
using files::FileType;

std::optional<Item> itemOf(const FileEntry *entry)
{
    if (entry == nullptr) {
        return std::nullopt;
    }
    return Item{entry->attributes, entry->linkTarget};
}

std::shared_ptr<const Error> disbelief(ErrorKind kind, const QByteArray &path)
{
    Error error;
    error.kind = kind;
    error.operation = QStringLiteral("list");
    error.subject = files::FilePath(path).toDisplay();
    return std::make_shared<const Error>(error);
}

// Pairs the entries of two listings, and makes rows of the pairs.
class Pairing
{
public:
    Pairing(const DirectoryPair &pair, const ComparisonRules &rules)
        : m_pair(pair)
        , m_rules(rules)
    {
    }

    bool areNamesSound(const Listing &entries);
    void add(const FileEntry *left, const FileEntry *right);
    ListingRows &rows() { return m_rows; }

private:
    bool isWanted(const TreeRow &row) const;
    Difference differenceOf(const TreeRow &row);

    const DirectoryPair &m_pair;
    const ComparisonRules &m_rules;
    ListingRows m_rows;
};

bool Pairing::areNamesSound(const Listing &entries)
{
    QSet<QByteArray> seen;
    seen.reserve(entries.size());
    for (const FileEntry &entry : entries) {
        if (!files::safeLocalName(entry.name)) {
            m_rows.reason = disbelief(ErrorKind::InvalidName, m_pair.path);
            return false;
        }
        seen.insert(entry.name);
    }
    if (seen.size() != entries.size()) {
        m_rows.reason = disbelief(ErrorKind::ServerFailure, m_pair.path);
        return false;
    }
    return true;
}

// What a copy has not finished is no matter of a comparison, on neither side.
bool Pairing::isWanted(const TreeRow &row) const
{
    const auto mayBePart = [](const std::optional<Item> &item) {
        return !item || item->type() == FileType::Regular;
    };
    if (mayBePart(row.left) && mayBePart(row.right) && transfer::isUnfinishedName(row.name())) {
        return false;
    }
    const auto isLink = [](const std::optional<Item> &item) {
        return !item || item->type() == FileType::SymbolicLink;
    };
    if (m_rules.options.skipLinks && isLink(row.left) && isLink(row.right)) {
        return false;
    }
    const auto kind = row.isDirectory() ? PathFilter::Kind::Directory : PathFilter::Kind::File;
    if (m_rules.filter.excludes(row.path, kind)) {
        return false;
    }
    return row.isDirectory() || m_rules.filter.includes(row.path, kind);
}

Difference Pairing::differenceOf(const TreeRow &row)
{
    if (!row.left || !row.right) {
        return row.left ? Difference::OnlyLeft : Difference::OnlyRight;
    }
    const Item &left = *row.left;
    const Item &right = *row.right;
    if (left.isDirectory() || right.isDirectory() || !left.isCopyable() || !right.isCopyable()) {
        return left.type() == right.type() ? Difference::Equal : Difference::OtherType;
    }
    if (left.type() != FileType::Regular || right.type() != FileType::Regular) {
        const bool isEqual = left.type() == right.type() && left.linkTarget == right.linkTarget;
        return isEqual ? Difference::Equal : Difference::Different;
    }
    const auto size = left.attributes.size;
    if (m_rules.options.criterion == ComparisonOptions::Criterion::Checksum && size
        && size == right.attributes.size) {
        if (size == 0U) {
            return Difference::Equal;
        }
        m_rows.unread.push_back(m_rows.rows.size());
        return Difference::Different;
    }
    return contentDifference(left, right, m_rules.options, std::nullopt);
}

void Pairing::add(const FileEntry *left, const FileEntry *right)
{
    const QByteArray &name = (left != nullptr ? left : right)->name;
    TreeRow row;
    row.path = m_pair.path.isEmpty() ? name : m_pair.path + '/' + name;
    row.left = itemOf(left);
    row.right = itemOf(right);
    if (!isWanted(row)) {
        m_rows.holdsMore = true;
        return;
    }
    row.difference = differenceOf(row);
    if (row.isDirectory()) {
        const bool hasLeft = row.left && row.left->isDirectory();
        const bool hasRight = row.right && row.right->isDirectory();
        m_rows.directories.push_back({row.path, hasLeft, hasRight});
    }
    m_rows.different += row.difference == Difference::Equal ? 0 : 1;
    m_rows.rows.append(std::move(row));
}

// Rows from the last one to the first: what is in a directory comes before it then.
class Refinement
{
public:
    Refinement(Findings &findings, const ComparisonRules &rules)
        : m_findings(findings)
        , m_rules(rules)
    {
    }

    bool keep(TreeRow &row);

private:
    Findings &m_findings;
    const ComparisonRules &m_rules;
    QSet<QByteArray> m_needed; // directories of rows that are kept
};

bool Refinement::keep(TreeRow &row)
{
    if (const auto reason = m_findings.unreadable.constFind(row.path);
        reason != m_findings.unreadable.constEnd()) {
        row.difference = Difference::Unreadable;
        row.reason = *reason;
    }
    const bool isWay = row.isDirectory() && row.difference != Difference::Unreadable
        && !m_needed.contains(row.path)
        && !m_rules.filter.includes(row.path, PathFilter::Kind::Directory);
    row.holdsMore
        = row.difference == Difference::Unreadable || m_findings.holdMore.contains(row.path);
    const QByteArray parent = row.parent();
    if (isWay || row.holdsMore) {
        m_findings.holdMore.insert(parent);
    }
    if (!isWay) {
        m_needed.insert(parent);
    }
    return !isWay;
}

} // namespace

ListingRows compareListings(const DirectoryPair &pair, const Listing &left, const Listing &right,
                            const ComparisonRules &rules)
{
    Pairing pairing(pair, rules);
    if (!pairing.areNamesSound(left) || !pairing.areNamesSound(right)) {
        return std::move(pairing.rows());
    }
    QHash<QByteArray, const FileEntry *> unpaired;
    unpaired.reserve(right.size());
    for (const FileEntry &entry : right) {
        unpaired.insert(entry.name, &entry);
    }
    for (const FileEntry &entry : left) {
        pairing.add(&entry, unpaired.take(entry.name));
    }
    for (const FileEntry *entry : std::as_const(unpaired)) {
        pairing.add(nullptr, entry);
    }
    return std::move(pairing.rows());
}

Difference contentDifference(const Item &left, const Item &right, const ComparisonOptions &options,
                             std::optional<bool> isSameContent)
{
    using Criterion = ComparisonOptions::Criterion;
    const auto &leftSize = left.attributes.size;
    const auto &rightSize = right.attributes.size;
    const auto &leftTime = left.attributes.modificationTime;
    const auto &rightTime = right.attributes.modificationTime;
    const bool isSameSize = leftSize && leftSize == rightSize;
    const qint64 tolerance = options.timeTolerance.count();
    const qint64 later = leftTime && rightTime ? *leftTime - *rightTime : 0; // seconds
    const bool isSameTime = leftTime && rightTime && later <= tolerance && -later <= tolerance;
    const bool isEqual = options.criterion == Criterion::Checksum
        ? isSameContent.value_or(false)
        : isSameSize && (isSameTime || options.criterion == Criterion::Size);
    if (isEqual) {
        return Difference::Equal;
    }
    if (later > tolerance) {
        return Difference::NewerLeft;
    }
    return -later > tolerance ? Difference::NewerRight : Difference::Different;
}

TreeRows sortedRows(Findings findings, const ComparisonRules &rules)
{
    TreeRows rows;
    qsizetype count = 0;
    for (const ListingRows &listing : findings.listings) {
        count += listing.rows.size();
    }
    rows.reserve(count);
    for (ListingRows &listing : findings.listings) {
        rows.append(std::exchange(listing.rows, {}));
    }
    const auto isBefore = [](const TreeRow &one, const TreeRow &other) {
        return comparePaths(one.path, other.path) < 0;
    };
    const auto isSamePath
        = [](const TreeRow &one, const TreeRow &other) { return one.path == other.path; };
    std::ranges::sort(rows, isBefore);
    const auto twice = std::ranges::unique(rows, isSamePath);
    rows.erase(twice.begin(), twice.end());
    Refinement refinement(findings, rules);
    TreeRows kept;
    kept.reserve(rows.size());
    for (TreeRow &row : rows | std::views::reverse) {
        if (refinement.keep(row)) {
            kept.append(std::move(row));
        }
    }
    std::ranges::reverse(kept);
    return kept;
}

} // namespace synchronize
