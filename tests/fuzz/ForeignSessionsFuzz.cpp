// Fuzz target: any bytes as the session files of other programs. Whatever they say, what is offered
// to be stored is acceptable, and holds no password.

#include "profiles/import/CsvImport.h"
#include "profiles/import/FileZillaImport.h"
#include "profiles/import/PontoImport.h"
#include "profiles/import/PuttyImport.h"
#include "profiles/import/WinScpImport.h"
#include "profiles/TargetName.h"

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void check(const profiles::ImportedSession &session)
{
    const profiles::Profile &profile = session.profile;
    const bool isAcceptable = profiles::isAcceptableHost(profile.host)
        && (profile.user.isEmpty() || profiles::isAcceptableUser(profile.user));
    if (session.isPossible() && !isAcceptable) {
        std::abort();
    }
    // It is stored as JSON, and must be read as a session again.
    if (session.isPossible() && !profiles::Profile::fromJson(profile.toJson({}))) {
        std::abort();
    }
}

void check(const std::optional<profiles::ImportedSessions> &imported)
{
    if (imported) {
        for (const profiles::ImportedSession &session : imported->sessions) {
            check(session);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size) - 1);
    switch (data[0] % 6) {
    case 0:
        check(profiles::puttyRegistry(bytes));
        break;
    case 1:
        check(profiles::fileZillaSites(bytes));
        break;
    case 2:
        check(profiles::winScpSites(bytes));
        break;
    case 3:
        check(profiles::csvSessions(bytes));
        break;
    case 4:
        check(profiles::pontoSessions(bytes));
        break;
    default:
        check(profiles::puttySession(bytes.first(bytes.size() / 8), bytes));
    }
    return 0;
}
