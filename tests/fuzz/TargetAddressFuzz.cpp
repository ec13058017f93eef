// Fuzz target: any text as an address or URL to connect to, and as the path of a group.

#include "profiles/Profile.h"
#include "profiles/TargetAddress.h"
#include "profiles/TargetName.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

// What was accepted holds no more than it may, and is written so that it reads back, but for blanks
// around a user's name, which only a URL can have.
void check(const profiles::TargetAddress &address)
{
    const bool isSound = profiles::isAcceptableHost(address.host)
        && (address.user.isEmpty() || profiles::isAcceptableUser(address.user))
        && (!address.port || *address.port > 0)
        && (address.path.isEmpty() || address.path.startsWith('/'));
    const auto again = profiles::TargetAddress::parse(address.toString());
    const bool isSame = again && again->host == address.host
        && again->user.trimmed() == address.user.trimmed()
        && again->port.value_or(22) == address.port.value_or(22);
    if (!isSound || !isSame) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(QByteArrayView(data, static_cast<qsizetype>(size)));
    for (const QString &form :
         {text, QStringLiteral("ssh://") + text, QStringLiteral("sftp://") + text}) {
        if (const auto address = profiles::TargetAddress::parse(form)) {
            check(*address);
        }
    }
    const QString group = profiles::normalizedGroup(text);
    if (profiles::normalizedGroup(group) != group) {
        std::abort();
    }
    return 0;
}
