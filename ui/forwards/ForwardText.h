// A forward and its state, in the words of the tables that show it.

#pragma once

#include "forward/ForwardStatus.h"
#include "profiles/Forward.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace ui {

QString forwardKindText(profiles::Forward::Kind kind); // "Local"
QString forwardKindLongText(profiles::Forward::Kind kind); // "Local: from here to the server"

// Where it listens: while it does, with the port that was found.
QString forwardListenText(const profiles::Forward &forward,
                          const forward::ForwardStatus &status = {});
QString forwardTargetText(const profiles::Forward &forward);
QString forwardStateText(const forward::ForwardStatus &status);
QString forwardBytesText(const forward::ForwardStatus &status);

// For the clipboard: "127.0.0.1:8080"; empty if it does not listen.
QString forwardAddress(const profiles::Forward &forward, const forward::ForwardStatus &status);

// Where a browser finds it; absent unless a local forward listens on a port of this computer, or if
// its target is a well-known port of something else.
std::optional<QUrl> forwardUrl(const profiles::Forward &forward,
                               const forward::ForwardStatus &status);

} // namespace ui
