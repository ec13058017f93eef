#include "ui/connect/EnvironmentText.h"

#include "base/DisplayText.h"
#include "ui/theme/Theme.h"

#include <QCoreApplication>

namespace ui {
namespace {

using profiles::EnvironmentClass;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::EnvironmentText", text);
}

} // namespace

QString environmentText(EnvironmentClass environmentClass)
{
    switch (environmentClass) {
    case EnvironmentClass::Production:
        return tr("Production");
    case EnvironmentClass::Staging:
        return tr("Staging");
    case EnvironmentClass::Development:
        return tr("Development");
    case EnvironmentClass::None:
        break;
    }
    return {};
}

QString environmentCaution(const profiles::Profile &profile)
{
    return profile.environmentClass == EnvironmentClass::Production
        ? tr("%1 is a production server.").arg(base::displayText(profile.title()))
        : QString();
}

QColor environmentColor(EnvironmentClass environmentClass, const QPalette &palette)
{
    switch (environmentClass) {
    case EnvironmentClass::Production:
        return Theme::color(Theme::Meaning::Danger, palette);
    case EnvironmentClass::Staging:
        return Theme::color(Theme::Meaning::Warning, palette);
    case EnvironmentClass::Development:
        return Theme::color(Theme::Meaning::Ok, palette);
    case EnvironmentClass::None:
        break;
    }
    return palette.color(QPalette::WindowText);
}

} // namespace ui
