#include "app/headless/Report.h"

#include "base/DisplayText.h"
#include "ui/errors/FileFailureText.h"
#include "ui/errors/LoginErrorText.h"

#include <QStringList>

#include <cstdio>

namespace app {
namespace {

void reportLines(const QString &text)
{
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        report(QStringLiteral("  ") + line);
    }
}

} // namespace

void report(const QString &sentence)
{
    const QByteArray line = QStringLiteral("ponto: %1\n").arg(sentence).toUtf8();
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

void report(const base::Error &error)
{
    report(error, ssh::LoginTrace());
}

void report(const transfer::FileFailure &failure)
{
    report(ui::fileFailureText(failure).toSentence());
    reportLines(base::displayText(failure.error.detail, base::LineBreaks::Keep));
}

void report(const base::Error &error, const ssh::LoginTrace &trace)
{
    report(ui::loginErrorText(error, trace).toSentence());
    // The other side's words, or one line for each address or login that was tried.
    reportLines(base::displayText(error.detail, base::LineBreaks::Keep));
}

void report(const ssh::LoginTrace &trace)
{
    reportLines(trace.toText());
}

int exitStatusOf(const base::Error &error)
{
    const bool isLost = error.kind == base::ErrorKind::ConnectionLost;
    return static_cast<int>(isLost ? ExitStatus::ConnectionFailed : ExitStatus::SomeFailed);
}

int exitStatusOfSignal(int signal)
{
    return 128 + signal;
}

} // namespace app
