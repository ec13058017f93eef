// KeyFileError: why a file does not serve as a private key.

#pragma once

#include "base/Error.h"

namespace keys {

struct KeyFileError
{
    enum class Reason {
        Unreadable, // the system says no: not there, no permission, a directory, a pipe
        Empty,
        TooLarge,
        LooseMode, // others may read it; changing its mode to 0600 mends that
        PublicKey, // the public half was given by mistake
        WrongPassphrase, // or none, where one is needed
        UnsupportedCipher, // to be encrypted anew, with the command in `detail`
        UnsupportedKey, // a type or an effort of decryption that we do not accept
        Damaged,
        NotAKey,
    };

    Reason reason = Reason::NotAKey;
    base::Error error; // `detail` says in a sentence what is wrong and what mends it; empty if
                       // errno says all
};

} // namespace keys
