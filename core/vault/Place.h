// Place: where the user wants secrets to be kept between two runs.

#pragma once

#include <QString>
#include <QStringView>

namespace vault {

enum class Place {
    Nowhere, // ask each time
    Keyring, // of the desktop
    File, // encrypted, with a master password
};

// "ask", "keyring" or "file", as the settings file has it. What is none of these is Nowhere.
QString nameOf(Place place);
Place placeFromName(QStringView name);

} // namespace vault
