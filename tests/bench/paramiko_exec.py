"""Runs `true` on many hosts with Paramiko and threads, as a script would: PORT USER KEY KNOWN_HOSTS THREADS HOST..."""

import sys
from concurrent.futures import ThreadPoolExecutor

import paramiko


def main():
    port, user, key, known_hosts, threads = sys.argv[1:6]

    def run(host):
        client = paramiko.SSHClient()
        client.load_host_keys(known_hosts)
        client.connect(host, port=int(port), username=user, key_filename=key, allow_agent=False,
                       look_for_keys=False)
        with client:
            _, output, _ = client.exec_command("true")
            return output.channel.recv_exit_status()

    with ThreadPoolExecutor(int(threads)) as pool:
        sys.exit(1 if any(pool.map(run, sys.argv[6:])) else 0)


main()
