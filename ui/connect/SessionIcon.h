// The icons that a session can have, in the list, in the palette and on its tab.

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>
#include <QStringList>

class QComboBox;

namespace ui {

// As they are stored, in the order in which they are offered.
const QStringList &sessionIcons();

// "Database"; the name itself for one of a newer Ponto.
QString sessionIconText(const QString &name);

// Of a session that has none, or one of a newer Ponto, that of a server. An invalid color is that
// of the text.
QIcon sessionIcon(const QString &name, const QColor &color = {});

// Adds the icons; their names are the items' data.
void addSessionIcons(QComboBox &box);

} // namespace ui
