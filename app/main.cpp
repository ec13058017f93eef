#include "app/Application.h"
#include "app/Hardening.h"
#include "app/HeapTuning.h"
#include "vault/KeyringAccess.h"

int main(int argc, char **argv)
{
    app::hardenProcess();
    app::keepFreedBuffers();
    if (argc == 2 && vault::KeyringAccess::argument == QLatin1StringView(argv[1])) {
        return vault::KeyringAccess::run(argc, argv);
    }
    return app::Application(argc, argv).run();
}
