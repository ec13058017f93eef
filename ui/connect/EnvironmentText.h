// The name and the color of an environment class, wherever the window shows it.

#pragma once

#include "profiles/EnvironmentClass.h"
#include "profiles/Profile.h"

#include <QColor>
#include <QPalette>
#include <QString>

namespace ui {

// "Production"; empty for none.
QString environmentText(profiles::EnvironmentClass environmentClass);

// Why to be careful with this one, a sentence; empty where usual care will do.
QString environmentCaution(const profiles::Profile &profile);

// Readable on the palette's Window; that of its text for none.
QColor environmentColor(profiles::EnvironmentClass environmentClass, const QPalette &palette);

} // namespace ui
