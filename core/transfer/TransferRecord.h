// TransferRecord: a transfer as it is kept in the database, and the bytes of its parts there.
// Used by TransferStore.

#pragma once

#include "transfer/LeftParts.h"
#include "transfer/TransferRequest.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace transfer {

struct TransferRecord
{
    qint64 id = 0;
    TransferServer server;
    TransferRequest request; // with its memory
    bool isPaused = false;
    Progress progress = {}; // how far it was: bytes and files alone
    std::optional<base::Result<Summary>> result; // absent: it has not ended
};

// Behind a transfer that may be in the list no longer.
struct LeftPartsRecord
{
    TransferServer server; // where it went; where it came from, of a download
    LeftParts parts;
};

// What it holds beyond the numbers of the first ten thousand failures and notes is not kept.
QByteArray toBytes(const base::Result<Summary> &result);

// Its memory is not included but for the token.
QByteArray toBytes(const TransferRequest &request);

// Absent if another version of Ponto wrote it, or it is damaged.
std::optional<TransferRequest> requestFrom(const QByteArray &bytes);
std::optional<base::Result<Summary>> resultFrom(const QByteArray &bytes);

} // namespace transfer
