"""An AsyncSSH server for one test: what a login there is like, where sshd would need PAM.

usage: asyncssh_login.py change-request|forced-change|partial-offer HOST_KEY

Prints its port and then serves. The password of everybody is "old".

change-request: the method "password", which answers with SSH_MSG_USERAUTH_PASSWD_CHANGEREQ.
forced-change:  keyboard-interactive: the password, then a new one twice, then a round without questions.
partial-offer:  partial success to the first message of gssapi-with-mic, then keyboard-interactive without questions.
"""

import asyncio
import sys

import asyncssh

MODE, HOST_KEY = sys.argv[1:]


class PartialOffer(asyncssh.auth.ServerAuth):
    @classmethod
    def supported(cls, conn):
        return True

    async def _start(self, packet):
        self.send_failure(partial_success=True)


if MODE == "partial-offer":
    asyncssh.auth._server_auth_handlers[b"gssapi-with-mic"] = PartialOffer


class Server(asyncssh.SSHServer):
    def __init__(self):
        self.round = 0

    def begin_auth(self, username):
        return True

    def public_key_auth_supported(self):
        return False

    def password_auth_supported(self):
        return MODE == "change-request"

    def validate_password(self, username, password):
        if password == "old":
            raise asyncssh.PasswordChangeRequired("Your password has expired")
        return False

    def kbdint_auth_supported(self):
        return MODE in ("forced-change", "partial-offer")

    def get_kbdint_challenge(self, username, lang, submethods):
        self.round = 0
        return "", "", "", [("Password: ", False)] if MODE == "forced-change" else []

    def validate_kbdint_response(self, username, responses):
        self.round += 1
        if MODE == "partial-offer":
            return responses == []
        if self.round == 1:
            questions = [("New password: ", False), ("Again\x1b[31m: ", False)]
            return ("Expired", "Choose another one", "", questions) if responses == ["old"] else False
        if self.round == 2:
            return ("", "Thank you", "", []) if responses == ["new", "new"] else False
        return responses == []


async def main():
    server = await asyncssh.create_server(
        Server, "127.0.0.1", 0, server_host_keys=[HOST_KEY], process_factory=lambda process: process.exit(0)
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
