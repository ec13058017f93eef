#include "vault/Place.h"

using namespace Qt::StringLiterals;

namespace vault {

QString nameOf(Place place)
{
    switch (place) {
    case Place::Keyring:
        return u"keyring"_s;
    case Place::File:
        return u"file"_s;
    case Place::Nowhere:
        break;
    }
    return u"ask"_s;
}

Place placeFromName(QStringView name)
{
    for (const Place place : {Place::Keyring, Place::File}) {
        if (name == nameOf(place)) {
            return place;
        }
    }
    return Place::Nowhere;
}

} // namespace vault
