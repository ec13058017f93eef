// FontPreparation: has fontconfig read its configuration in a thread, while the main thread loads
// Qt's plugins and waits for the display. Qt needs it for the first text, and would read it then.

#pragma once

#include <thread>

namespace app {

class FontPreparation
{
public:
    FontPreparation();

private:
    // FcInit() is safe beside others: Qt's own call waits for it, or reads as well.
    std::jthread m_thread;
};

} // namespace app
