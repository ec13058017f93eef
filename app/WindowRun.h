// WindowRun: the program with its window: the services it needs, the demo server if that was asked
// for, and the first connection.

#pragma once

#include "app/CommandLine.h"
#include "app/FontPreparation.h"
#include "ui/theme/PlaceholderColor.h"

#include <QApplication>

#include <memory>

namespace logging {
class LogBook;
class SessionLog;
} // namespace logging

namespace profiles {
struct Profile;
}

namespace app {

class DemoServer;
class ProxyService;

class WindowRun final
{
public:
    // Nothing can be shown otherwise: why, in a sentence; empty if all is well.
    static QString whyImpossible();

    // As main() has them.
    WindowRun(int &argc, char **argv, CommandLine commandLine);

    // Returns the exit status when the window is closed, or a signal has come.
    int run();

private:
    int runDemo();
    int runWith(const DemoServer *demo);
    static void serveProxy(ProxyService &proxy, logging::SessionLog &log);
    void writeToFile(logging::SessionLog &log) const;
    std::shared_ptr<logging::SessionLog> openLog(logging::LogBook &logs,
                                                 const profiles::Profile &profile) const;

    FontPreparation m_fonts; // before the application, which takes as long
    QApplication m_application;
    ui::PlaceholderColor m_placeholderColor;
    CommandLine m_commandLine;
};

} // namespace app
