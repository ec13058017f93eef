#include "app/headless/AnswerSource.h"

#include "app/headless/AskpassProgram.h"
#include "app/headless/TerminalLine.h"

using namespace Qt::StringLiterals;

namespace app {

std::unique_ptr<AnswerSource> AnswerSource::choose()
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const AskpassUse use = askpassUse(environment);
    if (use != AskpassUse::Always) {
        if (auto terminal = TerminalLine::open()) {
            return terminal;
        }
    }
    if (use == AskpassUse::Never) {
        return nullptr;
    }
    return std::make_unique<AskpassProgram>(environment.value(u"SSH_ASKPASS"_s));
}

} // namespace app
