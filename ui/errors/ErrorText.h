// ErrorText: a failure in words for people. Used by banners, sheets and the verbs on the command
// line; needs no window.
//
// What it quotes of the other side's words, in `why` and in `details`, is safe to show as plain
// text.

#pragma once

#include "base/Error.h"
#include "profiles/PastedCommand.h"
#include "profiles/ProxyText.h"
#include "profiles/TargetAddress.h"

#include <QString>

namespace ui {

struct ErrorText
{
    QString what; // what failed: "Could not connect to web01", no full stop
    QString why; // one sentence
    QString advice; // what to do, one sentence; empty if there is nothing to say
    QString details; // for the fold-out: the other side's words and the raw number, several lines

    // All but the details in one paragraph: "Could not connect to web01. Nobody answered. ..."
    QString toSentence() const;
};

ErrorText errorText(const base::Error &error);

// Why what was typed is no address, one sentence that says what would be.
QString addressErrorText(profiles::AddressError error);

// Why a pasted ssh command line is none that can be taken, one sentence.
QString pastedCommandErrorText(const profiles::PastedCommandError &error);

QString proxyErrorText(profiles::ProxyTextError error);

} // namespace ui
