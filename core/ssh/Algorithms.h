// Which algorithms a connection offers, in which order: what the user chose, else a preset, and of
// either what libssh can do.

#pragma once

#include "profiles/Transport.h"

#include <QByteArray>
#include <QStringList>

namespace ssh {

// All that can be chosen for a list, those of the preset Modern first.
QStringList supportedAlgorithms(profiles::AlgorithmList list);

// AES-GCM leads the ciphers where the processor has instructions for it, ChaCha20 elsewhere.
QStringList presetAlgorithms(profiles::AlgorithmList list, profiles::AlgorithmPreset preset);

// The user's own list without the names that we do not know; the preset's if nothing is left.
QStringList algorithmsOf(const profiles::Transport &transport, profiles::AlgorithmList list);

// What SSH_OPTIONS_COMPRESSION takes: with "none" at the end, so that no server is lost by it.
QByteArray compressionList(const profiles::Transport &transport);

} // namespace ssh
