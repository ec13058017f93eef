// Owners for libssh's C objects. A raw pointer from libssh is wrapped on the line that obtains it.

#pragma once

#include <libssh/libssh.h>

#include <memory>

namespace ssh {

template<auto release>
struct LibsshDeleter
{
    template<typename T>
    void operator()(T *object) const
    {
        release(object);
    }
};

// ssh_disconnect() makes libssh forget the socket, which is ours: ssh_free() alone would close it.
// It also frees all channels of the session, so that every LibsshChannel must be gone by then.
inline void disconnectAndFree(ssh_session session)
{
    ssh_disconnect(session);
    ssh_free(session);
}

using SessionHandle = std::unique_ptr<ssh_session_struct, LibsshDeleter<disconnectAndFree>>;
using EventHandle = std::unique_ptr<ssh_event_struct, LibsshDeleter<ssh_event_free>>;
using KeyHandle = std::unique_ptr<ssh_key_struct, LibsshDeleter<ssh_key_free>>;
using LibsshChannel = std::unique_ptr<ssh_channel_struct, LibsshDeleter<ssh_channel_free>>;
using LibsshText = std::unique_ptr<char, LibsshDeleter<ssh_string_free_char>>;

} // namespace ssh
