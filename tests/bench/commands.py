"""Measures Ponto beside others where there are no files: `true` on 200 hosts, 32 at once, beside
pssh, clush and Paramiko with threads, and one forward beside `ssh -L`: 1 GiB through it, and 200
connections at once. Started as `tests/bench/run.sh commands`.

The 200 hosts are addresses of the loopback network that one sshd listens on. Each repetition runs
all clients one after another. What went through a forward is compared by its SHA-256. It asserts
nothing; only ratios of one run mean something.
"""

import argparse
import hashlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from run import Clients, Server, free_port, paramiko_python, run

HOSTS = [f"127.0.0.{number}" for number in range(1, 201)]
AT_ONCE = 32
GIBIBYTE = 1 << 30
MEBIBYTE = 1 << 20


class Fleet:
    """The same command on all hosts, by each client that is installed."""

    def __init__(self, clients, server):
        self.clients = clients
        self.server = server
        self.list = os.path.join(server.root, "hosts")
        with open(self.list, "w") as file:
            file.writelines(f"{host}\n" for host in HOSTS)

    def runs(self):
        user, port = self.clients.user, str(self.server.port)
        ponto = [self.clients.ponto, "exec", "-p", port, "-l", user, "-i", self.server.key,
                 "--known-hosts", self.server.known_hosts, "--no-agent", "--no-default-keys",
                 "--config-dir", os.path.join(self.server.root, "config"), "--hosts", self.list,
                 "--jobs", str(AT_ONCE), "--", "true"]
        found = {"ponto": ponto}
        if pssh := shutil.which("parallel-ssh") or shutil.which("pssh"):
            found["pssh"] = [pssh, "-h", self.list, "-p", str(AT_ONCE), "-l", user, "-x",
                             f"-F {self.clients.config} -p {port}", "true"]
        if clush := shutil.which("clush"):
            found["clush"] = [clush, "-w", ",".join(HOSTS), "-f", str(AT_ONCE), "-l", user, "-o",
                              f"-F {self.clients.config} -p {port}", "true"]
        if python := paramiko_python():
            script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "paramiko_exec.py")
            found["paramiko"] = [python, script, port, user, self.server.key,
                                 self.server.known_hosts, str(AT_ONCE), *HOSTS]
        return found

    def measure(self, client):
        return run(self.runs()[client], env=self.clients.env)


class Source:
    """Sends each client as many bytes as it asks for in a line, then closes."""

    def __init__(self):
        block = os.urandom(MEBIBYTE)
        self.block = block
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client:
            count = int(client.makefile("rb").readline() or 0)  # 0: a look whether it listens
            for _ in range(count // MEBIBYTE):
                client.sendall(self.block)

    def digest(self, count):
        digest = hashlib.sha256()
        for _ in range(count // MEBIBYTE):
            digest.update(self.block)
        return digest.digest()


def fetch(port, count):
    digest = hashlib.sha256()
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"{count}\n".encode())
        while data := client.recv(MEBIBYTE):
            digest.update(data)
    return digest.digest()


class Forward:
    """A local forward to the source, by Ponto or by ssh, while a job runs."""

    def __init__(self, clients, server, client, source):
        self.port = free_port()
        forward = f"127.0.0.1:{self.port}:127.0.0.1:{source.port}"
        target = f"{clients.user}@127.0.0.1"
        if client == "ponto":
            argv = [clients.ponto, "tunnel", "-p", str(server.port), "-i", server.key,
                    "--known-hosts", server.known_hosts, "--no-agent", "--no-default-keys",
                    "--config-dir", os.path.join(server.root, "config"), target, "-L", forward]
        else:
            argv = ["ssh", "-F", clients.config, "-p", str(server.port), "-N", "-L", forward,
                    target]
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=clients.env)

    def __enter__(self):
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise RuntimeError("the forward does not listen")

    def __exit__(self, *_):
        self.process.terminate()  # SIGINT is ignored by what a shell starts in the background
        self.process.wait()


def through_one(port, source):
    if fetch(port, GIBIBYTE) != source.digest(GIBIBYTE):
        raise RuntimeError("what came through the forward is not what was sent")


def through_many(port, source):
    expected = source.digest(MEBIBYTE)
    results = []
    threads = [threading.Thread(target=lambda: results.append(fetch(port, MEBIBYTE)))
               for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if results != [expected] * len(threads):
        raise RuntimeError("what came through the forward is not what was sent")


def tell(title, times):
    """`times` maps a client to its seconds, with those of Ponto as the first."""
    print(title)
    own = statistics.median(times["ponto"])
    for client, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"  {client:10} {middle:7.2f} s  ({min(seconds):.2f} to {max(seconds):.2f})"
              + (f"  ponto takes {own / middle:.2f} of it" if client != "ponto" else ""))


def measure_fleet(clients, server, repetitions):
    fleet = Fleet(clients, server)
    times, memory = {}, {}
    for _ in range(repetitions):
        for client in fleet.runs():
            measure = fleet.measure(client)
            times.setdefault(client, []).append(measure.seconds)
            memory.setdefault(client, []).append(measure.memory)
    tell(f"`true` on {len(HOSTS)} hosts, {AT_ONCE} at once", times)
    for client, values in memory.items():
        print(f"  {client:10} {max(values) / MEBIBYTE:7.1f} MiB at most in one process")


def measure_forward(clients, server, repetitions):
    source = Source()
    for title, job in (("1 GiB through one forward", through_one),
                       ("200 connections at once through one forward, 1 MiB each", through_many)):
        times = {}
        for _ in range(repetitions):
            for client in ("ponto", "ssh -L"):
                with Forward(clients, server, client, source) as forward:
                    start = time.monotonic()
                    job(forward.port, source)
                    times.setdefault(client, []).append(time.monotonic() - start)
        tell(title, times)


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh commands", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release", help=argparse.SUPPRESS)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--jobs", default="fleet,forward", help="fleet, forward, or both")
    arguments = parser.parse_args()
    root = tempfile.mkdtemp(prefix="ponto-bench-", dir="/dev/shm")
    server = Server(root, "0.0.0.0")  # sshd takes 16 addresses at most; it lets one key in
    try:
        for host in HOSTS[1:]:
            server.trust(server.port, host)
        clients = Clients(server, os.path.abspath(arguments.build), root)
        if "fleet" in arguments.jobs:
            measure_fleet(clients, server, arguments.repetitions)
        if "forward" in arguments.jobs:
            measure_forward(clients, server, arguments.repetitions)
    finally:
        server.stop()
        shutil.rmtree(root)
    return 0


sys.exit(main())
