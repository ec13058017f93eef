// The remarks of a connection in words.

#pragma once

#include "ssh/Connection.h"

#include <QString>

namespace ui {

// Safe to show as plain text, perhaps of several lines.
QString noticeText(const ssh::Notice &notice, const QString &host);

// Does the remark speak of a danger, or does it only inform?
bool isWarning(ssh::Notice::Kind kind);

} // namespace ui
