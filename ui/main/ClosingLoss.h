// What would be lost with a tab, for the question before it is closed.

#pragma once

#include <QString>

namespace ui {

class ConnectionPage;

// Whole sentences; empty if nothing would.
QString closingLoss(const ConnectionPage &page);

} // namespace ui
