// AddressFamily: which kinds of address of a host may be used. A value of profiles and of
// connections, as AddressFamily of ssh_config(5).

#pragma once

namespace base {

enum class AddressFamily { Any, IPv4, IPv6 };

} // namespace base
