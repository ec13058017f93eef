// SecretText: where secrets are kept, and why one could not be had from there or put there, in
// words for people. Needs no window.

#pragma once

#include "base/Error.h"
#include "vault/Place.h"

#include <QString>

namespace ui {

// "the keyring" or "the encrypted file"; empty for Nowhere.
QString placeText(vault::Place place);

// Where a text is read: what is done in the settings is done "here" for who reads it there.
enum class ReadIn { Settings, Elsewhere };

// One or two sentences: why, and what to do. With the store's own words, which are safe to show.
QString secretProblemText(vault::Place place, const base::Error &error,
                          ReadIn readIn = ReadIn::Elsewhere);

} // namespace ui
