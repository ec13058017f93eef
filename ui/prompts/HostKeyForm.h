// What the sheets about host keys have in common.

#pragma once

#include "hostkeys/HostKeyVerdict.h"

#include <QColor>
#include <QString>

class QFormLayout;
class QHBoxLayout;
class QWidget;

namespace ui {

// "ED25519, 256 bits"
QString keyTypeText(const hostkeys::HostKey &key);

// "/home/me/.ssh/known_hosts:12"
QString locationText(const hostkeys::Location &location);

// A row of a label and a text that can be selected and copied. `text` is made safe to show.
void addValueRow(QFormLayout &form, const QString &label, const QString &text);

// A large icon beside a title.
QHBoxLayout *createHeading(const QString &iconName, const QColor &color, const QString &title,
                           QWidget *parent);

} // namespace ui
