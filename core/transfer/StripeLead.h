// StripeLead: the leading end of a large file's copy: a StripedFile, the worker that carries its
// stripes with the handle of the copy, and the offer to the lanes that may help. On the thread of
// its engine.

#pragma once

#include "sftp/Engine.h"
#include "transfer/LaneBoard.h"
#include "transfer/StripedFile.h"
#include "transfer/StripeWorker.h"

#include <functional>
#include <memory>

namespace transfer {

class StripeLead
{
public:
    // Begins. `what` lacks only what the engine and the board know. `news` is called as by the
    // StripedFile, and may destroy this.
    StripeLead(sftp::Engine &engine, const sftp::Handle &handle, LaneBoard &board,
               StripedFile::What what, std::move_only_function<void()> news);
    ~StripeLead(); // the lanes stop
    Q_DISABLE_COPY_MOVE(StripeLead)

    StripedFile &file() const { return *m_file; }

private:
    std::shared_ptr<StripedFile> m_file; // shared with the lanes
    StripeWorker m_worker;
};

} // namespace transfer
