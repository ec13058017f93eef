#include "settings/Settings.h"

namespace settings {

Settings::Settings(const QString &iniFile)
    : m_store(iniFile, QSettings::IniFormat)
{
}

} // namespace settings
