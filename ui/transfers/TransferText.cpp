#include "ui/transfers/TransferText.h"

#include "base/DisplayText.h"
#include "ui/errors/CopyNoteText.h"
#include "ui/errors/ErrorText.h"
#include "ui/errors/FileFailureText.h"
#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::TransferText", text);
}

QStringList amounts(const transfer::Progress &progress)
{
    QStringList parts{
        tr("%1 of %2").arg(sizeText(progress.bytesDone), sizeText(progress.bytesTotal))};
    if (progress.filesTotal > 1) {
        parts << tr("file %1 of %2")
                     .arg(QLocale().toString(std::min(progress.filesDone + 1, progress.filesTotal)),
                          QLocale().toString(progress.filesTotal));
    }
    return parts;
}

// A line that is too long is broken between them.
QString joined(QStringList parts)
{
    for (QString &part : parts) {
        part.replace(u' ', QChar::Nbsp);
        part.replace(u"/"_s, u"/\u2060"_s); // a word joiner
    }
    return parts.join(QChar(QChar::Nbsp) + u"· "_s);
}

QString copiedText(int files)
{
    return files == 1 ? tr("1 file copied") : tr("%1 files copied").arg(QLocale().toString(files));
}

} // namespace

QString transferTitle(const transfer::TransferRequest &request)
{
    if (request.sources.isEmpty()) {
        return QString();
    }
    const QString first = base::displayText(request.sources.first().name());
    const qsizetype others = request.sources.size() - 1;
    return others == 0 ? first : tr("%1 and %2 more").arg(first, QLocale().toString(others));
}

QString transferDescription(const transfer::TransferRequest &request)
{
    const QString title = transferTitle(request);
    switch (request.direction) {
    case transfer::Direction::Upload:
        return tr("Upload of %1").arg(title);
    case transfer::Direction::Download:
        return tr("Download of %1").arg(title);
    case transfer::Direction::Relay:
        break;
    }
    return tr("Copy of %1 from server to server").arg(title);
}

QString serversText(const transfer::TransferRequest &request, const QString &server)
{
    const QString target = base::displayText(server);
    const QString arrow = QChar(QChar::Nbsp) + u"→ "_s; // a line that is too long ends with it
    return request.source ? base::displayText(request.source->title) + arrow + target : target;
}

QString connectionText(const transfer::TransferRequest &request)
{
    return request.source ? tr("Goes on when both servers are connected")
                          : tr("Goes on when the server is connected");
}

QString progressText(const transfer::Progress &progress)
{
    QStringList parts = amounts(progress);
    if (progress.bytesPerSecond > 0) {
        parts << tr("%1/s").arg(sizeText(progress.bytesPerSecond));
    }
    if (progress.timeLeft && !progress.counting) {
        parts << tr("%1 left").arg(durationText(*progress.timeLeft));
    }
    return joined(parts);
}

QString questionText(const transfer::Progress &progress)
{
    return joined(amounts(progress) << tr("waits for your answer"));
}

QString currentFileText(const transfer::Progress &progress)
{
    if (progress.filesTotal < 2 || progress.currentFile.isEmpty() || progress.currentTotal == 0) {
        return {};
    }
    return base::displayText(progress.currentFile.name()) + QStringLiteral(" · ")
        + tr("%1 of %2")
              .arg(sizeText(std::min(progress.currentBytes, progress.currentTotal)),
                   sizeText(progress.currentTotal));
}

QString pausedText(const transfer::Progress &progress)
{
    return progress.bytesTotal == 0
        ? tr("Paused")
        : tr("Paused at %1 of %2").arg(sizeText(progress.bytesDone), sizeText(progress.bytesTotal));
}

QString interruptionText(const std::optional<std::chrono::seconds> &nextTry)
{
    if (!nextTry) {
        return tr("The connection is lost. Reconnect to go on.");
    }
    return *nextTry > 0s ? tr("Waiting to reconnect (%1)").arg(durationText(*nextTry))
                         : tr("Reconnecting…");
}

QString resultText(const base::Result<transfer::Summary> &result)
{
    if (!result) {
        return result.error().kind == base::ErrorKind::Cancelled ? tr("Cancelled")
                                                                 : errorText(result.error()).why;
    }
    const auto failed = static_cast<int>(result->failures.size());
    if (failed > 0) {
        const int total = failed + result->filesCopied + result->filesSkipped;
        return tr("%1 of %2 failed: %3")
            .arg(QLocale().toString(failed), QLocale().toString(total),
                 fileFailureText(result->failures.first()).why);
    }
    QString text = copiedText(result->filesCopied);
    if (result->filesSkipped > 0) {
        text += QStringLiteral(", ")
            + tr("%1 skipped").arg(QLocale().toString(result->filesSkipped));
    }
    return text + QStringLiteral(" · ") + sizeText(result->bytesCopied);
}

QString failureText(const transfer::TransferRequest &request,
                    const base::Result<transfer::Summary> &result)
{
    QStringList lines;
    if (result) {
        for (const transfer::FileFailure &failure : result->failures) {
            const ErrorText text = fileFailureText(failure);
            const QString line = failedPlace(failure, request) + QStringLiteral(": ") + text.why;
            lines << (line + u' ' + text.advice).trimmed();
        }
        for (const transfer::CopyNote &note : result->notes) {
            lines << copyNoteText(note);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString durationText(std::chrono::seconds duration)
{
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(duration);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(duration - hours);
    const auto seconds = duration - hours - minutes;
    if (hours > 0h) {
        return tr("%1 h %2 min").arg(hours.count()).arg(minutes.count());
    }
    return minutes > 0min
        ? tr("%1 min %2 s").arg(minutes.count()).arg(seconds.count(), 2, 10, QLatin1Char('0'))
        : tr("%1 s").arg(seconds.count());
}

} // namespace ui
