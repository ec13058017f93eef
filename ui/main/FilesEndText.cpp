#include "ui/main/FilesEndText.h"

#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::FilesEndText", text);
}

} // namespace

ErrorText filesEndText(const base::Error &error, const QString &server)
{
    ErrorText text = errorText(error);
    text.what = tr("No files from %1").arg(server);
    if (error.kind == base::ErrorKind::PermissionDenied) {
        text.why = tr("This server allows a terminal or files, not both at a time.");
        text.advice = tr("End the shell, then open the session again with the files alone.");
    } else if (error.kind == base::ErrorKind::Unsupported && error.quote.isEmpty()) {
        text.why = tr("The server has no file transfer (SFTP) switched on.");
        text.advice.clear();
    }
    return text;
}

} // namespace ui
