// RequestTable: what was asked of an SFTP server and not answered yet, by request id. Used by
// Engine.

#pragma once

#include "base/Result.h"
#include "files/FilePath.h"
#include "sftp/Packets.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace sftp {

enum class AnswerKind { Status, Handle, Data, Names, Attributes, Extended };

struct PendingRequest
{
    AnswerKind expected = AnswerKind::Status;
    const char *operation = ""; // for errors: "open"; a literal
    files::FilePath subject; // for errors
    std::move_only_function<void(base::Result<Answer>)> answered; // empty once abandoned
    quint64 writtenBytes = 0; // of WRITE
    bool mayTakeLong = false; // for the server, which does nothing else meanwhile

    bool isAbandoned() const { return !answered; }
};

class RequestTable
{
public:
    using Id = quint32;

    // Never 0, and never an id that is still in use.
    Id add(PendingRequest request);

    // Puts back what take() gave, under its id: it waits for more than the answer.
    void restore(Id id, PendingRequest request);

    // Forgets who asked. The id stays in use until the server has answered, because the answer
    // would be taken for that of a newer request otherwise.
    void abandon(Id id);

    // Nothing if no such request is open.
    std::optional<PendingRequest> take(Id id);
    std::vector<PendingRequest> takeAll(); // oldest first

    bool isEmpty() const { return m_requests.empty(); }
    bool mayTakeLong() const; // one of them, abandoned or not

private:
    std::map<Id, PendingRequest> m_requests;
    Id m_last = 0;
};

} // namespace sftp
