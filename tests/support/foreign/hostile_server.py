"""An SSH server that misbehaves on request, for ForeignServer: PORT HOST_KEY AUTHORIZED_KEYS.

Whoever logs in names the misdeed as the command of `exec`; the command ends when it is done.
"""

import io
import socket
import sys
import threading

import paramiko
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from paramiko.common import cMSG_CHANNEL_OPEN, cMSG_GLOBAL_REQUEST

FLOOD = 20000


def other_ed25519_key():
    private = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    return paramiko.Ed25519Key(file_obj=io.StringIO(private.decode()))


def rekey(transport):
    transport.renegotiate_keys()


def change_host_key(transport):
    transport.add_server_key(other_ed25519_key())
    transport.renegotiate_keys()


def change_key_type(transport):
    transport.server_key_dict.clear()
    transport.add_server_key(paramiko.ECDSAKey.generate())
    transport.renegotiate_keys()


def flood_channels(transport):
    kinds = ("forwarded-tcpip", "x11", "auth-agent@openssh.com", "session", "no-such-kind")
    for number in range(FLOOD):
        message = paramiko.Message()
        message.add_byte(cMSG_CHANNEL_OPEN)
        message.add_string(kinds[number % len(kinds)])
        message.add_int(100000 + number)
        message.add_int(2**21)
        message.add_int(2**15)
        message.add_string("127.0.0.1")
        message.add_int(80)
        message.add_string("127.0.0.1")
        message.add_int(4000)
        transport._send_user_message(message)


def flood_requests(transport):
    for number in range(FLOOD):
        message = paramiko.Message()
        message.add_byte(cMSG_GLOBAL_REQUEST)
        message.add_string("hostkeys-00@openssh.com" if number % 2 else "no-such-request")
        message.add_boolean(number % 3 == 0)
        message.add_string("x" * 200)
        transport._send_user_message(message)


MISDEEDS = {
    b"nothing": lambda transport: None,
    b"rekey": rekey,
    b"change-host-key": change_host_key,
    b"change-key-type": change_key_type,
    b"flood-channels": flood_channels,
    b"flood-requests": flood_requests,
}


class Login(paramiko.ServerInterface):
    def __init__(self, transport):
        self.transport = transport

    def get_allowed_auths(self, user):
        return "publickey"

    def check_auth_publickey(self, user, key):
        return paramiko.AUTH_SUCCESSFUL

    def check_channel_request(self, kind, channel):
        return paramiko.OPEN_SUCCEEDED

    def check_channel_exec_request(self, channel, command):
        threading.Thread(target=self.run, args=(channel, command), daemon=True).start()
        return True

    def run(self, channel, command):
        # Until the client has nothing to say: the request is answered by then. Paramiko can not do
        # that any more while it exchanges keys.
        channel.recv(1)
        try:
            MISDEEDS[command](self.transport)
            channel.sendall(b"done\n")
            channel.send_exit_status(0)
            channel.close()
        except (EOFError, OSError, paramiko.SSHException):
            self.transport.close()


def serve(client, host_key):
    transport = paramiko.Transport(client)
    transport.add_server_key(host_key)
    try:
        transport.start_server(server=Login(transport))
        transport.join()
    except (EOFError, paramiko.SSHException):
        transport.close()


def main():
    host_key = paramiko.Ed25519Key.from_private_key_file(sys.argv[2])
    with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
        while True:
            client, _ = server.accept()
            threading.Thread(target=serve, args=(client, host_key), daemon=True).start()


main()
