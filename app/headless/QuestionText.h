// The questions of a connection in words for a terminal. Foreign text in them is safe to print.

#pragma once

#include "ssh/Prompt.h"

#include <QList>
#include <QString>

namespace app {

// One line that the user is asked for.
struct Question
{
    enum class Kind {
        Secret, // nobody sees what is typed
        Visible,
        Confirmation, // "yes", "no", or a fingerprint
    };

    Kind kind = Kind::Secret;
    QString text; // one line or several, ends where the answer is typed
};

// In the order of the answers; never empty.
QList<Question> questionsOf(const ssh::Prompt &prompt);

} // namespace app
