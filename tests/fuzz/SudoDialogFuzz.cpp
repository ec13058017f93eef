// Fuzz target: any bytes as what sudo prints, in any pieces, on both streams, some of them
// answered.

#include "sftp/SudoDialog.h"

#include <QList>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

// Marks that the fuzzer can find.
const sftp::SudoCommand command{"root", "abcd", "efgh"};

void check(const sftp::SudoDialog &dialog)
{
    const base::Error refusal = dialog.refusal();
    const bool isSafe
        = std::ranges::all_of(refusal.quote.toUcs4(), [](uint c) { return QChar::isPrint(c); });
    if (!isSafe || refusal.cause == base::ErrorCause::Unspecified) {
        std::abort();
    }
}

} // namespace

// Of each piece the first byte says how long it is, and where it comes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    sftp::SudoDialog dialog(command);
    QByteArrayView bytes(data, static_cast<qsizetype>(size));
    int questions = 0;
    while (!bytes.isEmpty() && !dialog.isReady()) {
        const auto choice = static_cast<unsigned char>(bytes.front());
        bytes = bytes.sliced(1);
        QByteArrayView piece = bytes.first(std::min<qsizetype>(bytes.size(), choice >> 2));
        bytes = bytes.sliced(piece.size());
        const qsizetype before = piece.size();
        if ((choice & 1) != 0) {
            dialog.takeOutput(piece);
        } else {
            const bool wasAsking = dialog.isAsking();
            dialog.takeMessages(piece);
            questions += dialog.isAsking() && !wasAsking ? 1 : 0;
        }
        if ((choice & 2) != 0 && dialog.isAsking()) {
            dialog.markAnswered();
        }
        if (piece.size() > before || dialog.question().attempt != questions) {
            std::abort();
        }
    }
    check(dialog);
    return 0;
}
