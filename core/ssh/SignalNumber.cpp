#include "ssh/SignalNumber.h"

#include <csignal>
#include <map>

namespace ssh {

int signalNumber(const QByteArray &name)
{
    static const std::map<QByteArray, int> numbers{
        {"ABRT", SIGABRT}, {"ALRM", SIGALRM}, {"FPE", SIGFPE},   {"HUP", SIGHUP},
        {"ILL", SIGILL},   {"INT", SIGINT},   {"KILL", SIGKILL}, {"PIPE", SIGPIPE},
        {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"TERM", SIGTERM}, {"USR1", SIGUSR1},
        {"USR2", SIGUSR2}};
    const auto found = numbers.find(name);
    return found != numbers.end() ? found->second : 0;
}

} // namespace ssh
