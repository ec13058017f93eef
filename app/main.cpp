#include "app/Application.h"
#include "app/Hardening.h"

int main(int argc, char **argv)
{
    app::hardenProcess();
    return app::Application(argc, argv).run();
}
