// WindowRun: the program with its window: the services it needs, the demo server if that was asked
// for, and the first connection.

#pragma once

#include "app/CommandLine.h"
#include "ui/theme/PlaceholderColor.h"

#include <QApplication>

namespace app {

class DemoServer;

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

    QApplication m_application;
    ui::PlaceholderColor m_placeholderColor;
    CommandLine m_commandLine;
};

} // namespace app
