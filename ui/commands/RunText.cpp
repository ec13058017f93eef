#include "ui/commands/RunText.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::RunText", text);
}

QString doneText(const ssh::ExitStatus &status)
{
    if (!status.signal.isEmpty()) {
        return tr("Killed by signal %1").arg(base::displayText(status.signal));
    }
    return status.code ? tr("Exit status %1").arg(*status.code)
                       : tr("Ended; exit status: none given");
}

} // namespace

QString secondsText(std::chrono::milliseconds time)
{
    const double seconds = static_cast<double>(time.count()) / 1000;
    return tr("%1 s").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 2 : 0));
}

QString runEndText(const commands::RunEnd &end)
{
    using How = commands::RunEnd::How;
    const QString time = secondsText(end.duration);
    switch (end.how) {
    case How::Done:
        return tr("%1 after %2.").arg(doneText(end.status), time);
    case How::Failed:
        return errorText(end.error).toSentence();
    case How::OutOfTime:
        return tr("Left alone after its time limit, %1. It may still run on the server.").arg(time);
    case How::Stopped:
        return tr("Left alone by you after %1. It may still run on the server.").arg(time);
    }
    return {};
}

QString diagnosisText(commands::Diagnosis diagnosis, std::chrono::milliseconds silence)
{
    using commands::Diagnosis;
    const QString time
        = tr("%1 s").arg(QLocale().toString(silence.count() / 1000)); // it changes all the time
    switch (diagnosis) {
    case Diagnosis::ChannelNotOpen:
        return tr("The server has not begun the command for %1.").arg(time);
    case Diagnosis::InputNotRead:
        return tr("The command has not read its input for %1.").arg(time);
    case Diagnosis::Asks:
        return tr("No output for %1, and the last line is not finished: the command may be asking "
                  "for something.")
            .arg(time);
    case Diagnosis::InputOpen:
        return tr("No output for %1. The end of the input was not sent: the command may be "
                  "waiting for it.")
            .arg(time);
    case Diagnosis::Silent:
        return tr("No output for %1. The command works, or waits for something that only it "
                  "knows; some wait for a terminal.")
            .arg(time);
    }
    return {};
}

} // namespace ui
