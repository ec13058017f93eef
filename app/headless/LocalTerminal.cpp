#include "app/headless/LocalTerminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace app {

bool LocalTerminal::isThere()
{
    return ::isatty(STDIN_FILENO) == 1;
}

LocalTerminal::LocalTerminal()
{
    termios mode;
    if (::tcgetattr(STDIN_FILENO, &mode) != 0) {
        return;
    }
    m_before = mode;
    ::cfmakeraw(&mode);
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

LocalTerminal::~LocalTerminal()
{
    if (m_before) {
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &*m_before);
    }
}

ssh::TerminalRequest LocalTerminal::request()
{
    ssh::TerminalRequest request;
    if (const QByteArray kind = qgetenv("TERM"); !kind.isEmpty()) {
        request.term = kind;
    }
    winsize size{};
    if (::ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        request.columns = size.ws_col;
        request.rows = size.ws_row;
    }
    return request;
}

} // namespace app
