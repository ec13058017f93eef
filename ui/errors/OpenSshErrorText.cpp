#include "ui/errors/OpenSshErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::OpenSshErrorText", text);
}

QString whyText(const base::Error &error)
{
    switch (error.kind) {
    case base::ErrorKind::TimedOut:
        return tr("ssh took too long to evaluate it; perhaps a program of a Match block hangs.");
    case base::ErrorKind::NotFound:
        return tr("OpenSSH's client could not be started.");
    case base::ErrorKind::InvalidName:
        return tr("\"%1\" in it can not be used as a host, a user or a port.")
            .arg(base::displayText(error.subject));
    case base::ErrorKind::RouteUnusable:
        return error.quote.isEmpty()
            ? tr("Its jump hosts are too many: 16 are the most that Ponto follows.")
            : tr("Its jump hosts lead in a circle: %1.").arg(base::displayText(error.quote));
    case base::ErrorKind::NoCommonAlgorithm:
        return tr("Ponto can do none of the algorithms that it names in %1: %2.")
            .arg(error.subject, base::displayText(error.quote));
    default:
        break;
    }
    const QString words = base::displayText(error.quote.section(u'\n', 0, 0).trimmed());
    return words.isEmpty() ? tr("ssh ended with an error.") : tr("ssh says: %1").arg(words);
}

} // namespace

ErrorText openSshErrorText(const base::Error &error, const QString &alias)
{
    return {tr("Could not use OpenSSH's configuration for %1").arg(base::displayText(alias)),
            whyText(error), tr("Mend ~/.ssh/config, or connect by typing the address."),
            base::displayText(error.detail, base::LineBreaks::Keep)};
}

} // namespace ui
