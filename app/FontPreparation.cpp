#include "app/FontPreparation.h"

#include <fontconfig/fontconfig.h>

namespace app {

FontPreparation::FontPreparation()
    : m_thread([] { ::FcInit(); })
{
}

} // namespace app
