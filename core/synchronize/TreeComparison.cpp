#include "synchronize/TreeComparison.h"

#include "synchronize/ListingComparison.h"

#include <QtConcurrent>

#include <utility>

namespace synchronize {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr int mostDirectories = 16; // that are read at a time, on each side
constexpr int mostFiles = 4; // likewise, for their checksums: each may take a channel of the server
// To have one hashed by the server takes a program there, and about 100 ms: what is small is read.
constexpr quint64 mostSmallBytes = quint64{256} * 1024;
constexpr int mostSmallFiles = 32; // at a time
constexpr qsizetype deepest = 100; // as deep as a copy goes: a server may have no end
constexpr auto tickTime = std::chrono::milliseconds(100);

std::shared_ptr<const Error> tooDeep(const QByteArray &path)
{
    Error error;
    error.kind = ErrorKind::Unsupported;
    error.operation = QStringLiteral("enter directory");
    error.subject = files::FilePath(path).toDisplay();
    return std::make_shared<const Error>(error);
}

} // namespace

struct TreeComparison::Errand
{
    DirectoryPair pair;
    std::optional<Result<Entries>> left;
    std::optional<Result<Entries>> right;
};

struct TreeComparison::Reading
{
    FileRow file;
    bool isSmall = false;
    std::optional<Result<QByteArray>> left = {}; // the content of a small file, or the SHA-256
    std::optional<Result<QByteArray>> right = {};
};

TreeComparison::TreeComparison(Place left, Place right, ComparisonOptions options, QObject *parent)
    : QObject(parent)
    , m_left(std::move(left))
    , m_right(std::move(right))
    , m_rules(std::make_shared<const ComparisonRules>(std::move(options)))
    , m_findings(std::make_unique<Findings>())
{
    m_ticker.setInterval(tickTime);
    connect(&m_ticker, &QTimer::timeout, this, [this] { emit progressed(m_progress); });
}

TreeComparison::~TreeComparison()
{
    m_isOver = true;
    for (auto &[id, digest] : m_digests) {
        digest.cancel();
    }
}

void TreeComparison::start()
{
    const QByteArrayList &only = m_rules->options.only;
    for (const QByteArray &path : only.isEmpty() ? QByteArrayList{QByteArray()} : only) {
        if (!m_taken.contains(path)) {
            m_taken.insert(path);
            m_directories.push_back({path});
        }
    }
    m_ticker.start();
    takeDirectories();
}

void TreeComparison::cancel()
{
    finish(Failure(Error{.kind = ErrorKind::Cancelled}));
}

void TreeComparison::takeDirectories()
{
    while (!m_isOver && m_busyDirectories < mostDirectories && !m_directories.empty()) {
        const DirectoryPair pair = std::move(m_directories.back()); // deep before wide: fewer wait
        m_directories.pop_back();
        if (pair.path.count('/') >= deepest) {
            m_findings->unreadable.insert(pair.path, tooDeep(pair.path));
            continue;
        }
        ++m_busyDirectories;
        list(pair);
    }
    finishIfDone();
}

void TreeComparison::list(const DirectoryPair &pair)
{
    m_progress.current = pair.path;
    const auto errand = std::make_shared<Errand>(Errand{.pair = pair});
    if (!pair.hasLeft) {
        errand->left = Entries();
    }
    if (!pair.hasRight) {
        errand->right = Entries();
    }
    for (const Side side : {Side::Left, Side::Right}) {
        if (side == Side::Left ? pair.hasLeft : pair.hasRight) { // it may answer within the call
            place(side)
                .files->list(place(side).path(pair.path))
                .then(this, [this, errand, side](const Result<Entries> &entries) {
                    handleListing(errand, side, entries);
                });
        }
    }
}

void TreeComparison::handleListing(const std::shared_ptr<Errand> &errand, Side side,
                                   const Result<Entries> &entries)
{
    if (m_isOver || (!entries && endsAll(entries.error()))) {
        return;
    }
    const bool mayBeMissing = errand->pair.path.isEmpty() && m_rules->options.mayBeMissing == side;
    const bool isMissing = !entries && entries.error().kind == ErrorKind::NotFound;
    (side == Side::Left ? errand->left : errand->right)
        = isMissing && mayBeMissing ? Result<Entries>(Entries()) : entries;
    if (errand->left && errand->right) {
        m_progress.directories += 1;
        *errand->left && *errand->right ? compare(errand) : handleUnreadable(*errand);
    }
}

void TreeComparison::compare(const std::shared_ptr<Errand> &errand)
{
    QtConcurrent::run([errand, rules = m_rules] {
        return std::make_shared<ListingRows>(
            compareListings(errand->pair, **errand->left, **errand->right, *rules));
    }).then(this, [this, errand](const std::shared_ptr<ListingRows> &rows) {
        if (!m_isOver) {
            handleRows(errand->pair, *rows);
        }
    });
}

void TreeComparison::handleUnreadable(const Errand &errand)
{
    const Error &error = *errand.left ? errand.right->error() : errand.left->error();
    const QByteArray &path = errand.pair.path;
    --m_busyDirectories;
    const bool isGone = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::NotADirectory;
    if (isGone && !path.isEmpty() && m_taken.contains(path)) {
        goUp(path);
    } else if (path.isEmpty()) {
        finish(Failure(error)); // no row could tell it
        return;
    } else {
        noteUnreadable(path, std::make_shared<const Error>(error));
    }
    takeDirectories();
}

// One of ComparisonOptions::only has no row yet, for the directory that it is in is not read.
void TreeComparison::noteUnreadable(const QByteArray &path,
                                    const std::shared_ptr<const Error> &reason)
{
    m_findings->unreadable.insert(path, reason);
    if (m_taken.contains(path)) {
        ListingRows alone;
        alone.rows.append(TreeRow{.path = path, .difference = Difference::Unreadable});
        m_findings->listings.push_back(std::move(alone));
    }
}

void TreeComparison::goUp(const QByteArray &path)
{
    const QByteArray parent = path.first(std::max<qsizetype>(0, path.lastIndexOf('/')));
    if (!m_taken.contains(parent)) {
        m_taken.insert(parent);
        m_directories.push_back({parent});
    }
}

void TreeComparison::handleRows(const DirectoryPair &pair, ListingRows &rows)
{
    --m_busyDirectories;
    if (rows.reason && pair.path.isEmpty()) {
        finish(Failure(*rows.reason));
        return;
    }
    if (rows.reason) {
        noteUnreadable(pair.path, rows.reason);
    }
    if (rows.holdsMore) {
        m_findings->holdMore.insert(pair.path);
    }
    const bool isPart = !m_rules->options.only.isEmpty();
    for (DirectoryPair &directory : rows.directories) {
        const bool isCommon = directory.hasLeft && directory.hasRight;
        if (!isPart || !isCommon) {
            m_directories.push_back(std::move(directory));
        }
    }
    for (const qsizetype row : rows.unread) {
        const bool isSmall = rows.rows[row].left->attributes.size <= mostSmallBytes;
        (isSmall ? m_smallFiles : m_files).emplace_back(m_findings->listings.size(), row);
    }
    m_progress.rows += static_cast<quint64>(rows.rows.size());
    m_progress.different += rows.different - rows.unread.size();
    m_progress.filesToRead += rows.unread.size();
    rows.directories = {};
    rows.unread = {};
    m_findings->listings.push_back(std::move(rows));
    takeFiles();
    takeDirectories();
}

void TreeComparison::takeFiles()
{
    while (!m_isOver && m_busyFiles < mostFiles && !m_files.empty()) {
        const FileRow file = m_files.front();
        m_files.pop_front();
        ++m_busyFiles;
        hash(file);
    }
    while (!m_isOver && m_busySmallFiles < mostSmallFiles && !m_smallFiles.empty()) {
        const FileRow file = m_smallFiles.front();
        m_smallFiles.pop_front();
        ++m_busySmallFiles;
        read(file);
    }
}

const TreeRow &TreeComparison::rowOf(const FileRow &file) const
{
    return m_findings->listings[file.first].rows[file.second];
}

void TreeComparison::hash(const FileRow &file)
{
    const QByteArray path = rowOf(file).path;
    m_progress.current = path;
    const auto reading = std::make_shared<Reading>(Reading{.file = file});
    for (const Side side : {Side::Left, Side::Right}) {
        const quint64 id = ++m_lastDigest;
        auto digest = place(side).files->digest(place(side).path(path));
        m_digests[id] = digest;
        digest.then(this, [this, reading, side, id](const Result<files::Digest> &made) {
            m_digests.erase(id);
            handleContent(reading, side,
                          made.transform([](const files::Digest &whole) { return whole.sha256; }));
        });
    }
}

void TreeComparison::read(const FileRow &file)
{
    const QByteArray path = rowOf(file).path;
    const quint64 size = rowOf(file).left->attributes.size.value_or(0);
    m_progress.current = path;
    const auto reading = std::make_shared<Reading>(Reading{.file = file, .isSmall = true});
    for (const Side side : {Side::Left, Side::Right}) {
        place(side)
            .files
            ->readPart(place(side).path(path), 0, static_cast<quint32>(size) + 1) // has it grown?
            .then(this, [this, reading, side](const Result<QByteArray> &content) {
                handleContent(reading, side, content);
            });
    }
}

void TreeComparison::handleContent(const std::shared_ptr<Reading> &reading, Side side,
                                   const Result<QByteArray> &content)
{
    if (m_isOver || (!content && endsAll(content.error()))) {
        return;
    }
    (side == Side::Left ? reading->left : reading->right) = content;
    if (reading->left && reading->right) {
        settle(*reading);
        --(reading->isSmall ? m_busySmallFiles : m_busyFiles);
        takeFiles();
        finishIfDone();
    }
}

void TreeComparison::settle(const Reading &reading)
{
    TreeRow &row = m_findings->listings[reading.file.first].rows[reading.file.second];
    const Result<QByteArray> &left = *reading.left;
    const Result<QByteArray> &right = *reading.right;
    m_progress.filesRead += 1;
    if (left && right) {
        row.difference
            = contentDifference(*row.left, *row.right, m_rules->options, *left == *right);
    } else {
        const Error &error = left ? right.error() : left.error();
        m_findings->unreadable.insert(row.path, std::make_shared<const Error>(error));
    }
    m_progress.different += row.difference == Difference::Equal ? 0 : 1;
}

// Of a connection that is gone nothing more is to be expected.
bool TreeComparison::endsAll(const Error &error)
{
    const bool isEnd
        = error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::Cancelled;
    if (isEnd) {
        finish(Failure(error));
    }
    return isEnd;
}

void TreeComparison::finishIfDone()
{
    const bool isDone = m_busyDirectories + m_busyFiles + m_busySmallFiles == 0
        && m_directories.empty() && m_files.empty() && m_smallFiles.empty();
    if (m_isOver || !isDone || m_findings == nullptr) {
        return;
    }
    auto findings = std::make_shared<Findings>(std::move(*m_findings));
    m_findings.reset();
    QtConcurrent::run([findings, rules = m_rules] {
        return sortedRows(std::move(*findings), *rules);
    }).then(this, [this](const TreeRows &rows) { finish(rows); });
}

void TreeComparison::finish(const Result<TreeRows> &rows)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_ticker.stop();
    for (auto &[id, digest] : m_digests) {
        digest.cancel();
    }
    m_directories.clear();
    m_files.clear();
    m_smallFiles.clear();
    emit progressed(m_progress);
    emit finished(rows);
}

} // namespace synchronize
