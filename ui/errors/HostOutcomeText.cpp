#include "ui/errors/HostOutcomeText.h"

#include "ui/errors/LoginErrorText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using commands::HostOutcome;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::HostOutcomeText", text);
}

QString notBegunText(const NotBegunReason &reason)
{
    if (reason.isCancelled) {
        return tr("Not begun: interrupted before.");
    }
    return reason.hasCanaryFailed ? tr("Not begun: one of the hosts that went first had failed.")
                                  : tr("Not begun: %1 hosts had failed.").arg(reason.failures);
}

} // namespace

QString hostOutcomeText(const HostOutcome &outcome, std::chrono::milliseconds timeLimit,
                        const NotBegunReason &notBegun)
{
    switch (outcome.end) {
    case HostOutcome::End::Failed:
        return loginErrorText(outcome.error, outcome.trace).toSentence();
    case HostOutcome::End::OutOfTime:
        return tr("The command did not end within %1 s.")
            .arg(std::chrono::duration<double>(timeLimit).count());
    case HostOutcome::End::Interrupted:
        return tr("Interrupted.");
    case HostOutcome::End::NotBegun:
        return notBegunText(notBegun);
    case HostOutcome::End::Unresolved:
        return outcome.reason;
    case HostOutcome::End::Done:
        break;
    }
    const bool isTold = outcome.exitStatus || !outcome.signal.isEmpty();
    return isTold ? QString() : tr("The server did not say how the command ended.");
}

} // namespace ui
