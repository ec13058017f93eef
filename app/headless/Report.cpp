#include "app/headless/Report.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"

#include <QStringList>

#include <cstdio>

namespace app {

void report(const QString &sentence)
{
    const QByteArray line = QStringLiteral("ponto: %1\n").arg(sentence).toUtf8();
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

void report(const base::Error &error)
{
    report(ui::errorText(error).toSentence());
    // The other side's words, or one line for each address or login that was tried.
    const QString detail = base::displayText(error.detail, base::LineBreaks::Keep);
    for (const QString &line : detail.split(u'\n', Qt::SkipEmptyParts)) {
        report(QStringLiteral("  ") + line);
    }
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
