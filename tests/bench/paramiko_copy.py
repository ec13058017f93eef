"""Copies one file with Paramiko, as run.py wants it: PORT USER KEY KNOWN_HOSTS get|put SOURCE TARGET."""

import sys

import paramiko


def main():
    port, user, key, known_hosts, verb, source, target = sys.argv[1:]
    client = paramiko.SSHClient()
    client.load_host_keys(known_hosts)
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect("127.0.0.1", int(port), user, key_filename=key, look_for_keys=False, allow_agent=False)
    sftp = client.open_sftp()
    (sftp.get if verb == "get" else sftp.put)(source, target)
    client.close()


if __name__ == "__main__":
    main()
