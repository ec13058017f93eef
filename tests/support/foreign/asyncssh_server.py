"""An SFTP server made of AsyncSSH, for ForeignServer: PORT HOST_KEY AUTHORIZED_KEYS.

It serves the files that the current user may touch; a login starts in the working directory.
"""

import asyncio
import sys

import asyncssh


async def serve(port, host_key, authorized_keys):
    server = await asyncssh.listen(
        "127.0.0.1",
        port,
        server_host_keys=[host_key],
        authorized_client_keys=authorized_keys,
        sftp_factory=asyncssh.SFTPServer,
    )
    await server.wait_closed()


asyncio.run(serve(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
