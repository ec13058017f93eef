// paletteItems(): what the palette of a window offers: other tabs, sessions, and what the window
// and the file pane with the focus can do.

#pragma once

#include "ui/connect/ConnectRequest.h"
#include "ui/main/Services.h"
#include "ui/palette/PaletteModel.h"

#include <QList>

#include <functional>

namespace ui {

class Actions;
class SessionTabs;

// All is borrowed, and outlives the items.
struct PaletteSources
{
    const Services &services;
    const Actions &actions;
    SessionTabs &tabs;
    std::function<void(const ConnectRequest &)> connectTo;
};

QList<PaletteItem> paletteItems(const PaletteSources &sources);

// Connecting to what was typed, if that is an address; else an item without a title.
PaletteItem addressItem(const PaletteSources &sources, const QString &typed);

} // namespace ui
