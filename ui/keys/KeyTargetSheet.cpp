#include "ui/keys/KeyTargetSheet.h"

#include "base/DisplayText.h"

#include <QFileInfo>
#include <QLineEdit>

namespace ui {

KeyTargetSheet::KeyTargetSheet(const QString &source, const QString &suggestion, QWidget *parent)
    : FormSheet(QStringLiteral("keyTargetSheet"),
                tr("Convert the key %1").arg(base::displayText(source)), tr("Convert"), parent)
    , m_file(new QLineEdit(suggestion, this))
{
    addField(tr("New file"), m_file, QStringLiteral("keyTargetFile"));
    addRemark(tr("The new file has OpenSSH's format and the same passphrase. The old one stays."));
}

void KeyTargetSheet::submit()
{
    const QString path = m_file->text();
    if (!path.startsWith(QLatin1Char('/')) || path.endsWith(QLatin1Char('/'))) {
        showProblem(tr("The file needs a whole path."));
    } else if (QFileInfo::exists(path)) {
        showProblem(tr("This file exists already, and a key is never overwritten."));
    } else {
        emit accepted(path);
        finish();
    }
}

} // namespace ui
