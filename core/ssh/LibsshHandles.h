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

// The socket that a session was given is the session's from the first ssh_connect() on, and is
// closed here at the latest. libssh 0.11 closes it when a write fails, and tells nobody, but in
// ssh_disconnect() only forgets it: so there it must take it for one that it made itself, which is
// what taking the option back does, although that is answered with an error.
//
// ssh_disconnect() also frees all channels of the session, so that every LibsshChannel must be gone
// by then.
inline void disconnectAndFree(ssh_session session)
{
    ssh_options_set(session, SSH_OPTIONS_FD, nullptr);
    ssh_disconnect(session);
    ssh_free(session);
}

using SessionHandle = std::unique_ptr<ssh_session_struct, LibsshDeleter<disconnectAndFree>>;
using EventHandle = std::unique_ptr<ssh_event_struct, LibsshDeleter<ssh_event_free>>;
using KeyHandle = std::unique_ptr<ssh_key_struct, LibsshDeleter<ssh_key_free>>;
using LibsshChannel = std::unique_ptr<ssh_channel_struct, LibsshDeleter<ssh_channel_free>>;
using LibsshText = std::unique_ptr<char, LibsshDeleter<ssh_string_free_char>>;

} // namespace ssh
