// What RunPanel says of a run: how it ended, and what it waits for.

#pragma once

#include "commands/CommandRun.h"

#include <QString>

namespace ui {

QString runEndText(const commands::RunEnd &end);

// One sentence or two: what is known, and what may help.
QString diagnosisText(commands::Diagnosis diagnosis, std::chrono::milliseconds silence);

QString secondsText(std::chrono::milliseconds time);

} // namespace ui
