#include "settings/Settings.h"

#include <QFileInfo>

namespace settings {

Settings::Settings(const QString &iniFile)
    : m_store(iniFile, QSettings::IniFormat)
{
}

QString Settings::directory() const
{
    return QFileInfo(m_store.fileName()).absolutePath();
}

} // namespace settings
