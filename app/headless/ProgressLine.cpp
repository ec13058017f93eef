#include "app/headless/ProgressLine.h"

#include <QLocale>
#include <QStringList>

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString sizeText(quint64 bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString timeText(std::chrono::seconds time)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time);
    return u"%1:%2 left"_s.arg(minutes.count())
        .arg((time - minutes).count(), 2, 10, QLatin1Char('0'));
}

int terminalColumns()
{
    winsize size = {};
    const bool isKnown = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return isKnown ? size.ws_col : 80;
}

void write(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stderr);
}

} // namespace

ProgressLine::ProgressLine()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{
}

void ProgressLine::show(const transfer::Progress &progress)
{
    if (!m_isTerminal) {
        return;
    }
    clear();
    // One column less: a full line would wrap, and a wrapped one is not written over.
    write(progressText(progress).left(terminalColumns() - 1).toUtf8());
    m_isShown = true;
}

void ProgressLine::clear()
{
    if (m_isShown) {
        write("\r\x1b[K"); // ECMA-48 EL: erase to the end of the line
        m_isShown = false;
    }
}

QString progressText(const transfer::Progress &progress)
{
    QStringList parts;
    if (!progress.counting && progress.bytesTotal > 0) {
        parts << u"%1 %"_s.arg(100 * progress.bytesDone / progress.bytesTotal);
    }
    parts << u"%1 of %2"_s.arg(sizeText(progress.bytesDone), sizeText(progress.bytesTotal))
          << u"%1/s"_s.arg(sizeText(progress.bytesPerSecond));
    if (progress.timeLeft) {
        parts << timeText(*progress.timeLeft);
    }
    parts << files::FilePath(progress.currentFile.name()).toDisplay();
    return parts.join(u", "_s);
}

} // namespace app
