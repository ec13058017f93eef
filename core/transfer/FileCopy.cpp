#include "transfer/FileCopy.h"

namespace transfer {
namespace {

constexpr quint64 growthAllowed = quint64{1} << 30U; // besides as much again as was promised

} // namespace

base::Error sourceChanged(const files::FilePath &source, const QString &detail)
{
    base::Error error;
    error.kind = base::ErrorKind::ServerFailure;
    error.operation = QStringLiteral("read");
    error.subject = source.toDisplay();
    error.detail = detail;
    return error;
}

bool isBeyondGrowth(quint64 promised, quint64 offset)
{
    return offset > growthAllowed && (offset - growthAllowed) / 2 > promised;
}

} // namespace transfer
