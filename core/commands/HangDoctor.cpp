#include "commands/HangDoctor.h"

namespace commands {
namespace {

using namespace std::chrono_literals;

// Opening a channel takes one round trip, so that less is telling there.
constexpr auto longForAnswer = 2s;
constexpr auto longForOutput = 5s;

} // namespace

std::optional<Diagnosis> diagnose(const RunFacts &facts)
{
    if (!facts.isStarted) {
        return facts.silence < longForAnswer ? std::nullopt
                                             : std::optional(Diagnosis::ChannelNotOpen);
    }
    if (facts.silence < longForOutput) {
        return std::nullopt;
    }
    if (facts.hasUnsentInput) {
        return Diagnosis::InputNotRead;
    }
    if (facts.isLineOpen && (!facts.isEofSent || facts.hasTerminal)) {
        return Diagnosis::Asks;
    }
    return facts.isEofSent ? Diagnosis::Silent : Diagnosis::InputOpen;
}

} // namespace commands
