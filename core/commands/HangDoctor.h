// HangDoctor: what a run that says nothing waits for, as far as that can be known from here.

#pragma once

#include <chrono>
#include <optional>

namespace commands {

struct RunFacts
{
    bool isStarted = false; // the server has accepted the command
    bool isEofSent = false;
    bool hasUnsentInput = false; // the command does not read what it gets
    bool hasTerminal = false;
    bool isLineOpen = false; // the last output did not end its line
    std::chrono::milliseconds silence{}; // since the start, or the last thing that came or went
};

enum class Diagnosis {
    ChannelNotOpen, // the server has not answered
    InputNotRead, // what was sent waits at the server
    Asks, // it has begun a line and waits, and its input is open: a question, perhaps
    InputOpen, // it may read its input, whose end was not sent
    Silent, // it works, or waits for something that only it knows
};

// Nothing for as long as the silence is short.
std::optional<Diagnosis> diagnose(const RunFacts &facts);

} // namespace commands
