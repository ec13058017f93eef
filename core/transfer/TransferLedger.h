// TransferLedger: what of a transfer is done, under way and left. A value: when the connection is
// lost, TransferRun hands it to TransferJob, and the next run goes on with it.

#pragma once

#include "transfer/TransferPlan.h"
#include "transfer/TransferRequest.h"

#include <QList>
#include <QMetaType>

#include <map>
#include <optional>

namespace transfer {

// The files that are under way. Small ones cost round trips, so that many go at a time; a large one
// fills the line by itself.
struct BusyFiles
{
    int small = 0;
    quint64 smallBytes = 0; // that these promise
    int large = 0;
};

class TransferLedger
{
public:
    TransferLedger() = default;
    explicit TransferLedger(const TransferRequest &request);

    // What is taken is under way until one of the calls below settles it.
    std::optional<PlannedItem> takeSource(); // of which nothing is known yet
    std::optional<PlannedItem> takeDirectory();
    std::optional<PlannedItem> takeFile();

    void found(const PlannedItem &source, const files::FileEntry &entry);
    void listed(const PlannedItem &directory, DirectoryState targetState,
                const sftp::DirectoryContents &contents);
    void followed(const PlannedItem &link, const files::FilePath &path,
                  const files::FileAttributes &attributes);
    void copied(const PlannedItem &file);
    void skipped(const PlannedItem &file);
    // A busy server may do better a little later: such an item is postponed, once.
    void failed(const PlannedItem &item, const base::Error &error,
                CopyObstacle obstacle = CopyObstacle::None);

    // Of a file that is under way.
    void moved(const PlannedItem &file, quint64 bytes);
    void foundEarlier(const PlannedItem &file, quint64 bytes); // an earlier copy has brought them
    void note(const PlannedItem &file, const CopyNote &note); // to be told once it is copied
    void partMade(const PlannedItem &file, const QByteArray &name); // on the server
    void update(const PlannedItem &file); // it begins: where it goes has been decided
    void restart(const PlannedItem &file); // what is there of it is lost
    void pause(const PlannedItem &file); // while the user is asked, it is not busy
    void proceed(const PlannedItem &file);

    // Nothing is under way any more: it is left, to be begun anew.
    void putBack();

    // A directory gets its own attributes when nothing more is to come into it: those that are
    // deepest go first.
    void rememberDirectory(const PlannedItem &directory);
    QList<PlannedItem> deepestDirectories() const;
    void forgetDeepestDirectories();
    void noteUnlike(const files::FilePath &source); // as note(), of a directory

    bool releasePostponed(); // they are left again; false if there is none
    bool hasPostponed() const { return !m_postponed.isEmpty(); }
    bool releaseLookalike() { return m_plan.releaseLookalike(); }

    bool isCounting() const; // more may be found
    bool isIdle() const { return m_underWay.empty(); } // nothing is under way
    bool hasFiles() const { return m_plan.waitingFiles() > 0; }
    qsizetype waitingFiles() const { return m_plan.waitingFiles(); }
    int busySearches() const { return m_busySearches; } // of sources and directories
    const BusyFiles &busyFiles() const { return m_busyFiles; }
    bool isNextFileLarge() const { return m_plan.isNextFileLarge(); }

    const Summary &summary() const { return m_summary; }
    Progress progress() const; // without rate and time

    // A file that something is in the way of goes where the user has said, however often it is
    // begun.
    void remember(const QByteArray &key, const FileDecision &decision);
    std::optional<FileDecision> decisionOf(const QByteArray &key) const;

    void setAnswers(const AnswersForAll &answers) { m_answers = answers; }
    const AnswersForAll &answers() const { return m_answers; }

private:
    enum class Kind { Search, File };

    struct UnderWay
    {
        PlannedItem item;
        Kind kind = Kind::Search;
        quint64 bytes = 0; // that have moved
        quint64 bytesFound = 0; // that an earlier copy has brought
        QList<CopyNote> notes;
        bool isSource = false;
        bool isBegun = false; // the target may hold something of it
        bool isPaused = false;
    };

    PlannedItem begin(PlannedItem item, Kind kind);
    UnderWay settle(const PlannedItem &item);
    void countBusy(const PlannedItem &file, int change);
    void collectRefused();

    QList<PlannedItem> m_sources; // that are left
    TransferPlan m_plan;
    std::map<quint64, UnderWay> m_underWay; // by id
    QList<PlannedItem> m_postponed;
    std::map<qsizetype, QList<PlannedItem>> m_copiedDirectories; // by depth
    Summary m_summary;
    bool m_hasToldUnlike = false;
    AnswersForAll m_answers;
    QHash<QByteArray, FileDecision> m_decisions;
    quint64 m_lastId = 0;
    quint64 m_bytesDone = 0;
    int m_filesDone = 0;
    int m_busySearches = 0;
    BusyFiles m_busyFiles;
    files::FilePath m_currentFile;
    quint64 m_currentId = 0; // its item's
};

} // namespace transfer

Q_DECLARE_METATYPE(transfer::TransferLedger)
