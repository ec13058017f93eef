#include "transfer/StripeLead.h"

#include <utility>

namespace transfer {
namespace {

StripedFile::What completed(StripedFile::What what, const sftp::Engine &engine,
                            const LaneBoard &board)
{
    what.roundTrip = engine.roundTrip();
    what.traffic = board.traffic();
    return what;
}

} // namespace

StripeLead::StripeLead(sftp::Engine &engine, const sftp::Handle &handle, LaneBoard &board,
                       StripedFile::What what, std::move_only_function<void()> news)
    : m_file(
          std::make_shared<StripedFile>(completed(std::move(what), engine, board), std::move(news)))
    , m_worker(engine, m_file)
{
    m_worker.lead(handle);
    board.offer(m_file);
}

StripeLead::~StripeLead()
{
    m_file->cancel();
}

} // namespace transfer
