// The colors that a session can have, in the list and on its tab, wherever the window shows them.

#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>
#include <QStringList>

class QComboBox;

namespace ui {

// As they are stored, in the order in which they are offered.
const QStringList &sessionColors();

// "Red"; the name itself for one of a newer Ponto.
QString sessionColorText(const QString &name);

// Readable on the palette's Base and Window (WCAG 2.2, criterion 1.4.3); invalid for a name that is
// none of ours.
QColor sessionColor(const QString &name, const QPalette &palette);

// Adds the colors with a sample of each; their names are the items' data.
void addSessionColors(QComboBox &box);

} // namespace ui
