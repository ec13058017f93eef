#include "ui/errors/SessionsErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::SessionsErrorText", text);
}

} // namespace

std::optional<ErrorText> sessionsProblem(
    const base::Result<profiles::ProfileStore::LoadReport> &loaded)
{
    if (!loaded) {
        return errorText(loaded.error());
    }
    if (!loaded->setAsideAs.isEmpty()) {
        return ErrorText{
            .what = tr("The saved sessions could not be read"),
            .why = tr("Their file was damaged. It was kept as %1, and a new one begins.")
                       .arg(base::displayText(loaded->setAsideAs)),
            .advice = tr("If you have repaired it, quit Ponto and give it back its name."),
            .details = {}};
    }
    if (loaded->unreadable > 0) {
        return ErrorText{.what = tr("Not all saved sessions could be read"),
                         .why = tr("Entries in their file that make no sense: %1. They are not "
                                   "listed, and stay in the file.")
                                    .arg(QLocale().toString(loaded->unreadable)),
                         .advice = {},
                         .details = {}};
    }
    return std::nullopt;
}

} // namespace ui
