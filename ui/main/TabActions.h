// The actions that concern the tab in front, and the way from tab to tab.

#pragma once

namespace ui {

class Actions;
class SessionTabs;

// Until the tabs are destroyed. Where there is no tab, they do nothing.
void connectTabActions(const Actions &actions, SessionTabs &tabs);

} // namespace ui
