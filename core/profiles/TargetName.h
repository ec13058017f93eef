// What may stand as a host or user name in an address, a profile or on the command line.
//
// Such a name can end up in `ssh -G`, in a ProxyCommand or in a shell line that the user copies:
// the rules are those that OpenSSH has for names from its command line since 9.6 (CVE-2023-51385;
// ssh.c, valid_hostname() and valid_ruser()), and characters that cannot be seen are refused too.

#pragma once

#include <QStringView>

namespace profiles {

bool isAcceptableHost(QStringView host); // a name or address without brackets, not empty
bool isAcceptableUser(QStringView user); // neither empty nor blank

// True if `text` is an IPv6 address, with or without a scope ("fe80::1%eth0"), without brackets.
bool isIpv6Address(QStringView text);

} // namespace profiles
