// ServerReader: reads a file of the server that is copied from, in order and ahead, on the thread
// of that server's connection. Used by ServerSources, from the thread of the target's.

#pragma once

#include "sftp/Engine.h"
#include "transfer/FileSource.h"
#include "transfer/FlightWindow.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace transfer {

// The callbacks of its requests keep it alive. All calls come on the engine's thread, while the
// engine lives.
class ServerReader : public std::enable_shared_from_this<ServerReader>
{
public:
    struct Events
    {
        std::function<void(const sftp::Engine &, base::Result<files::FileAttributes>)>
            opened; // once
        // In order. A failure or the end is the last one of its round.
        std::function<void(const sftp::Engine &, int round, base::Result<FileSource::Piece>)>
            arrived;
    };

    // `listed` is what the directory told of the file.
    ServerReader(files::FilePath path, files::FileAttributes listed, Events events);

    // As FileSource::open(). Begins the round 0.
    void open(sftp::Engine &engine, quint32 mostBytes);

    // Begins the next round there.
    void startAt(quint64 offset);

    // So many bytes were taken, and there is room for as many more.
    void consumed(quint64 bytes);

    // As ComparedContent::read().
    void read(quint64 offset, quint32 length, sftp::Engine::Answered<QByteArray> answered);

    void close(); // no events any more

private:
    void handleOpened(const base::Result<sftp::Handle> &handle);
    void handleStatus(const base::Result<files::FileAttributes> &status);
    void fill();
    bool mayAsk() const;
    bool mustProbe() const;
    void ask(quint64 offset, quint32 length);
    void askState();
    void handleData(quint64 offset, quint32 length, base::Result<std::optional<QByteArray>> answer);
    void pass();
    void finishIfComplete();
    void fail(const base::Error &error);

    files::FilePath m_path;
    files::FileAttributes m_attributes; // when it was opened
    Events m_events;
    sftp::Engine *m_engine = nullptr; // from open() on
    std::optional<FlightWindow> m_window; // likewise
    std::optional<sftp::Handle> m_handle;
    quint32 m_mostBytes = 0; // of a request
    quint64 m_promised = 0; // bytes that the server told
    quint64 m_asked = 0; // up to here
    quint64 m_passed = 0; // up to here, in order
    quint64 m_consumed = 0; // up to here
    std::map<quint64, QByteArray> m_pieces; // that came too early, by offset
    std::optional<quint64> m_end; // of the file, from the server's "end of file"
    std::optional<files::FileAttributes> m_state; // behind the last of the data
    bool m_isStateKnown = false; // asked for and answered since the last data were asked for
    quint64 m_requests = 0; // for data
    int m_reads = 0; // of these, in flight
    int m_stateRequests = 0; // in flight
    int m_emptyAnswers = 0;
    int m_round = 0;
    bool m_isProbing = false; // one read asks beyond what was promised
    bool m_isReady = false; // the attributes are known
    bool m_isOver = false; // this round
    bool m_isClosed = false;
};

} // namespace transfer
