// LocalPass: the copies of a plan from one directory of this computer to another, on disk threads.

#pragma once

#include "synchronize/CopyPass.h"
#include "transfer/RateMeter.h"

#include <QTimer>

namespace synchronize {

class LocalPass final : public CopyPass
{
    Q_OBJECT

public:
    explicit LocalPass(CopyTask task);
    ~LocalPass() override;

    void start(const RunOptions &options) override; // whose limit is one of connections
    void cancel() override; // what is half is removed a moment later

private:
    struct Errand; // one file or link
    struct Outcome;
    struct Shared; // with the threads

    static Outcome carryOut(const Errand &errand, const Shared &shared);
    void takeMore();
    void handle(qsizetype row, const Outcome &outcome);
    void tellProgress();

    std::shared_ptr<Shared> m_shared; // see above; null before the start
    transfer::CopyOptions m_options;
    transfer::Summary m_summary;
    transfer::Progress m_progress;
    transfer::RateMeter m_rate;
    qsizetype m_next = 0; // of the rows
    int m_busy = 0;
    bool m_isTaking = false;
    bool m_isOver = false;
    QTimer m_ticker;
};

} // namespace synchronize
