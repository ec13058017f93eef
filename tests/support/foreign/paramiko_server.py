"""An SFTP server made of Paramiko, for ForeignServer: PORT HOST_KEY AUTHORIZED_KEYS.

It serves the files that the current user may touch; a login starts in the working directory.
"""

import errno
import os
import socket
import sys
import threading

import paramiko


def answered(call):
    """Lets `call` return a status of SFTP instead of raising an error of the system."""

    def answer(*arguments):
        try:
            result = call(*arguments)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return paramiko.SFTP_OK if result is None else result

    return answer


class Handle(paramiko.SFTPHandle):
    def __init__(self, flags, path, file):
        super().__init__(flags)
        self.path = path
        self.readfile = self.writefile = file

    @answered
    def stat(self):
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))

    @answered
    def chattr(self, attributes):
        paramiko.SFTPServer.set_file_attr(self.path, attributes)


class Files(paramiko.SFTPServerInterface):
    def canonicalize(self, path):
        return os.path.normpath(os.path.join(os.getcwd(), path))

    @answered
    def list_folder(self, path):
        entries = []
        for name in os.listdir(path):
            status = os.lstat(os.path.join(path, name))
            entries.append(paramiko.SFTPAttributes.from_stat(status, name))
        return entries

    @answered
    def stat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.stat(path))

    @answered
    def lstat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.lstat(path))

    @answered
    def open(self, path, flags, attributes):
        mode = attributes.st_mode
        descriptor = os.open(path, flags, 0o666 if mode is None else mode & 0o7777)
        kinds = {os.O_RDONLY: "rb", os.O_WRONLY: "wb", os.O_RDWR: "r+b"}
        return Handle(flags, path, os.fdopen(descriptor, kinds[flags & os.O_ACCMODE]))

    @answered
    def remove(self, path):
        os.remove(path)

    @answered
    def rename(self, old, new):
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, "exists")
        os.rename(old, new)

    @answered
    def posix_rename(self, old, new):
        os.rename(old, new)

    @answered
    def mkdir(self, path, attributes):
        mode = attributes.st_mode
        os.mkdir(path, 0o777 if mode is None else mode & 0o7777)

    @answered
    def rmdir(self, path):
        os.rmdir(path)

    @answered
    def chattr(self, path, attributes):
        paramiko.SFTPServer.set_file_attr(path, attributes)

    @answered
    def symlink(self, target, link):
        os.symlink(target, link)

    def readlink(self, path):
        try:
            return os.readlink(path)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)


class Login(paramiko.ServerInterface):
    def __init__(self, authorized_keys):
        with open(authorized_keys, encoding="utf-8") as lines:
            self.keys = {line.split()[1] for line in lines if line.strip()}

    def get_allowed_auths(self, user):
        return "publickey"

    def check_auth_publickey(self, user, key):
        known = key.get_base64() in self.keys
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, channel):
        return paramiko.OPEN_SUCCEEDED


def serve(client, host_key, authorized_keys):
    transport = paramiko.Transport(client)
    transport.add_server_key(host_key)
    transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
    try:
        transport.start_server(server=Login(authorized_keys))
        transport.join()
    except (EOFError, paramiko.SSHException):
        transport.close()


def main():
    host_key = paramiko.Ed25519Key.from_private_key_file(sys.argv[2])
    with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
        while True:
            client, _ = server.accept()
            arguments = (client, host_key, sys.argv[3])
            threading.Thread(target=serve, args=arguments, daemon=True).start()


main()
