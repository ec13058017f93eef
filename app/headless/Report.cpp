#include "app/headless/Report.h"

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
    const ui::ErrorText text = ui::errorText(error);
    report(text.toSentence());
    const QStringList details = text.details.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : details) {
        report(QStringLiteral("  ") + line);
    }
}

int exitStatusOfSignal(int signal)
{
    return 128 + signal;
}

} // namespace app
