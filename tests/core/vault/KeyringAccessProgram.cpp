// What `ponto keyring-access` does, without the rest of Ponto.

#include "vault/KeyringAccess.h"

int main(int argc, char **argv)
{
    return vault::KeyringAccess::run(argc, argv);
}
