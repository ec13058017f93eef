"""Measures Ponto beside other SFTP clients: same files, same server, same run. Started by run.sh.

Everything happens in a directory of /dev/shm: an sshd with its own keys, the files, and what the
clients write. Links with delay are programs of their own (BenchLink). Each repetition runs Ponto and
its peers one after another; without delay, where memory and caches count, a first one does not count.
A ratio is the median over the repetitions of Ponto's time divided by the peer's. Every file is
compared afterwards. The limit is what the link alone would take: the login of ssh, and the bytes at
the rate of the link.
"""

import argparse
import functools
import getpass
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

GIGABIT = 125_000_000  # bytes per second


class Measure:
    def __init__(self, seconds, cpu, memory):
        self.seconds = seconds
        self.cpu = cpu
        self.memory = memory  # bytes


def run(argv, stdin=None, env=None, directory=None, output=os.devnull):
    """Runs a client to its end; its rusage includes the ssh program that it started."""
    with open(output, "wb") as out, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as words:
        if stdin is not None:
            words.write(stdin.encode())
            words.seek(0)
        start = time.monotonic()
        process = subprocess.Popen(argv, stdin=words, stdout=out, stderr=errors,
                                   env=env, cwd=directory)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(argv)}: {errors.read().decode(errors='replace')[-2000:]}")
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An sshd on loopback that lets one key in."""

    def __init__(self, root, address="127.0.0.1"):
        self.root = root
        self.port = free_port()
        self.key = os.path.join(root, "client_key")
        self.known_hosts = os.path.join(root, "known_hosts")
        self.ports = [self.port]
        host_key = os.path.join(root, "host_key")
        for path in (self.key, host_key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
        shutil.copy(self.key + ".pub", os.path.join(root, "authorized_keys"))
        config = os.path.join(root, "sshd_config")
        with open(config, "w") as file:
            file.write(f"ListenAddress {address}\nPort {self.port}\nHostKey {host_key}\n"
                       f"AuthorizedKeysFile {root}/authorized_keys\nPidFile none\nStrictModes no\n"
                       "UsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                       "PerSourcePenalties no\nMaxStartups 1000\nPermitRootLogin yes\n"
                       f"Subsystem sftp {sftp_server()}\n")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.process = subprocess.Popen([shutil.which("sshd", path="/usr/sbin:/usr/local/sbin"),
                                         "-D", "-e", "-f", config], stderr=subprocess.DEVNULL)
        self.trust(self.port)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("sshd did not start")

    def trust(self, port, host="127.0.0.1"):
        with open(os.path.join(self.root, "host_key.pub")) as key, \
                open(self.known_hosts, "a") as file:
            file.write(f"[{host}]:{port} {key.read()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def sftp_server():
    for path in ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server",
                 "/usr/lib/ssh/sftp-server", "/usr/libexec/sftp-server"):
        if os.path.exists(path):
            return path
    raise RuntimeError("sftp-server is not installed")


class Link:
    """A way to the server with a round trip in milliseconds; 0 is the bare loopback."""

    def __init__(self, server, build, round_trip):
        self.round_trip = round_trip
        self.process = None
        self.port = server.port
        if round_trip > 0:
            self.process = subprocess.Popen(
                [os.path.join(build, "tests/bench/BenchLink"), str(server.port), str(round_trip),
                 str(GIGABIT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.port = int(self.process.stdout.readline())
            server.trust(self.port)

    def stop(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


@functools.cache
def paramiko_python():
    """An interpreter that has Paramiko, or None: the distribution's package is for its own."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", "import paramiko"],
                                                     capture_output=True).returncode == 0:
            return python
    return None


class Clients:
    """How each client is told to do a job. `link.port` and the paths are all that differs."""

    def __init__(self, server, build, root):
        self.server = server
        self.user = getpass.getuser()
        self.ponto = os.path.join(build, "app/ponto")
        self.removal = os.path.join(build, "tests/bench/BenchRemoval")
        self.env = {**os.environ, "HOME": root, "RCLONE_CONFIG": os.path.join(root, "rclone.conf"),
                    "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": os.path.join(root, "state")}
        self.config = os.path.join(root, "ssh_config")
        with open(self.config, "w") as file:
            file.write(f"IdentityFile {server.key}\nIdentitiesOnly yes\nBatchMode yes\n"
                       f"UserKnownHostsFile {server.known_hosts}\nGlobalKnownHostsFile none\n"
                       "StrictHostKeyChecking yes\n")
        with open(self.env["RCLONE_CONFIG"], "w"):
            pass
        with open(os.path.join(root, ".lftprc"), "w") as file:
            file.write(f'set sftp:connect-program "ssh -a -x -F {self.config}"\n'
                       "set net:max-retries 1\nset xfer:log no\nset xfer:clobber yes\n")

    @staticmethod
    def available(name):
        if name == "paramiko":
            return paramiko_python() is not None
        return shutil.which(name.split()[0]) is not None

    def ponto_argv(self, link, verb, *operands):
        return [self.ponto, verb, "-p", str(link.port), "-i", self.server.key, "--known-hosts",
                self.server.known_hosts, "--no-agent", "--no-default-keys", "--config-dir",
                os.path.join(self.env["HOME"], "config"), *operands]

    def remote(self, path):
        return f"{self.user}@127.0.0.1:{path}"

    def do(self, client, link, verb, source, target):
        method = getattr(self, client.split()[0] + "_" + verb)
        return method(link, source, target, client)

    # Ponto

    def ponto_get(self, link, source, target, client):
        return run(self.ponto_argv(link, "get", *self.ponto_options(client), self.remote(source),
                                   target), env=self.env)

    def ponto_put(self, link, source, target, client):
        return run(self.ponto_argv(link, "put", *self.ponto_options(client), source,
                                   self.remote(target)), env=self.env)

    @staticmethod
    def ponto_options(client):
        """Of "ponto --jobs 1"."""
        return client.split()[1:]

    def ponto_list(self, link, source, _target, _):
        return run(self.ponto_argv(link, "ls", self.remote(source)), env=self.env)

    def ponto_remove(self, link, source, _target, _):
        return run([self.removal, str(link.port), self.user, self.server.key,
                    self.server.known_hosts, source], env=self.env)

    def ponto_connect(self, link, _source, _target, _):
        argv = self.ponto_argv(link, "exec", f"{self.user}@127.0.0.1", "--", "true")
        return run(argv, env=self.env)

    # OpenSSH

    def ssh_options(self, client):
        ciphers = [word for word in client.split() if "gcm" in word]
        return ["-F", self.config] + (["-c", *ciphers] if ciphers else [])

    def sftp_batch(self, link, client, commands):
        return run(["sftp", *self.ssh_options(client), "-q", "-P", str(link.port), "-b", "-",
                    f"{self.user}@127.0.0.1"], stdin=commands, env=self.env)

    def sftp_get(self, link, source, target, client):
        return self.sftp_batch(link, client, f"get -r {source} {target}\n")

    def sftp_put(self, link, source, target, client):
        return self.sftp_batch(link, client, f"put -r {source} {target}\n")

    def sftp_list(self, link, source, _target, client):
        return self.sftp_batch(link, client, f"ls -ln {source}\n")

    def scp_get(self, link, source, target, client):
        return run(["scp", *self.ssh_options(client), "-q", "-r", "-P", str(link.port),
                    self.remote(source), target], env=self.env)

    def scp_put(self, link, source, target, client):
        return run(["scp", *self.ssh_options(client), "-q", "-r", "-P", str(link.port), source,
                    self.remote(target)], env=self.env)

    def ssh_connect(self, link, _source, _target, client):
        return run(["ssh", *self.ssh_options(client), "-p", str(link.port),
                    f"{self.user}@127.0.0.1", "true"], env=self.env)

    def ssh_get(self, link, source, target, client):
        """`ssh cat`: the connection alone, without a file protocol."""
        return run(["ssh", *self.ssh_options(client), "-p", str(link.port),
                    f"{self.user}@127.0.0.1", f"cat {source}"], env=self.env, output=target)

    # lftp, with eight transfers at once

    def lftp_run(self, link, commands):
        return run(["lftp", "-c", f"open -u {self.user}, -p {link.port} sftp://127.0.0.1; "
                    f"{commands}"], env=self.env)

    def lftp_get(self, link, source, target, _):
        if os.path.isdir(source):
            return self.lftp_run(link, f"mirror -P 8 {source} {target}")
        return self.lftp_run(link, f"get {source} -o {target}")

    def lftp_put(self, link, source, target, _):
        if os.path.isdir(source):
            return self.lftp_run(link, f"mirror -R -P 8 {source} {target}")
        return self.lftp_run(link, f"put {source} -o {target}")

    def lftp_list(self, link, source, _target, _):
        return self.lftp_run(link, f"cls -l {source}/")

    # rclone, tuned as its manual suggests

    def rclone_run(self, link, *words):
        argv = ["rclone", *words, "--sftp-host", "127.0.0.1", "--sftp-port", str(link.port),
                "--sftp-user", self.user, "--sftp-key-file", self.server.key,
                "--sftp-known-hosts-file", self.server.known_hosts, "--sftp-concurrency", "64",
                "--transfers", "16", "--checkers", "16", "--sftp-disable-hashcheck", "-q"]
        return run(argv, env=self.env)

    def rclone_get(self, link, source, target, _):
        verb = "copy" if os.path.isdir(source) else "copyto"
        return self.rclone_run(link, verb, f":sftp:{source}", target)

    def rclone_put(self, link, source, target, _):
        verb = "copy" if os.path.isdir(source) else "copyto"
        return self.rclone_run(link, verb, source, f":sftp:{target}")

    # Paramiko, as a script would use it

    def paramiko_run(self, link, verb, source, target):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "paramiko_copy.py")
        return run([paramiko_python(), script, str(link.port), self.user, self.server.key,
                    self.server.known_hosts, verb, source, target], env=self.env)

    def paramiko_get(self, link, source, target, _):
        return self.paramiko_run(link, "get", source, target)

    def paramiko_put(self, link, source, target, _):
        return self.paramiko_run(link, "put", source, target)

    def rclone_remove(self, link, source, _target, _):
        return self.rclone_run(link, "purge", f":sftp:{source}")


class Job:
    """`peers` maps a client to the part of the files it gets: 0.1 is a tenth, scaled afterwards."""

    def __init__(self, name, title, verb, data, round_trip, peers, bars, own="ponto"):
        self.name = name
        self.title = title
        self.verb = verb
        self.data = data
        self.round_trip = round_trip
        self.peers = peers
        self.bars = bars  # client: Ponto's time at most this part of its time
        self.own = own  # Ponto, and the options it gets


def jobs():
    result = []

    def add(*arguments, **more):
        result.append(Job(*arguments, **more))

    for way, verb in (("down", "get"), ("up", "put")):
        cat = {"ssh aes128-gcm@openssh.com cat": 1} if verb == "get" else {}
        add(f"large-{way}", f"1 GiB {way}, no delay", verb, "1g", 0,
            {"sftp": 1, "scp": 1, "rclone": 1}, {"sftp": 0.80})
        add(f"gcm-{way}", f"1 GiB {way}, no delay, aes128-gcm", verb, "1g", 0,
            {"sftp aes128-gcm@openssh.com": 1} | cat, {"sftp aes128-gcm@openssh.com": 1.25})
        add(f"far-{way}", f"256 MiB {way}, 50 ms", verb, "256m", 50,
            {"sftp": 1, "rclone": 1, "paramiko": 1}, {"sftp": 0.45})
        add(f"farther-{way}", f"256 MiB {way}, 100 ms", verb, "256m", 100, {"sftp": 1},
            {"sftp": 0.32})
        add(f"single-{way}", f"256 MiB {way}, 50 ms, one connection", verb, "256m", 50,
            {"sftp": 1}, {"sftp": 0.55}, own="ponto --jobs 1")
        add(f"small-{way}", f"1,000 files of 4 KiB {way}, 50 ms", verb, "1k", 50,
            {"sftp": 0.1, "lftp": 0.4}, {"sftp": 1 / 50, "lftp": 1 / 5})
        add(f"many-{way}", f"5,000 files of 4 KiB {way}, no delay", verb, "5k", 0,
            {"sftp": 1, "scp": 1, "rclone": 1}, {"sftp": 0.6, "scp": 0.6, "rclone": 0.6})
    add("list-far", "list 100,000 entries, 50 ms", "list", "100k", 50,
        {"sftp": 0.1, "lftp": 1}, {"sftp": 1 / 25})
    add("list", "list 100,000 entries, no delay", "list", "100k", 0, {"sftp": 1}, {"sftp": 1.0})
    add("remove", "delete 5,000 files, 50 ms", "remove", "5k", 50, {"rclone": 0.2},
        {"rclone": 0.1})
    add("connect", "connect and run true, no delay", "connect", None, 0, {"ssh": 1}, {"ssh": 1.2})
    add("connect-far", "connect and run true, 50 ms", "connect", None, 50, {"ssh": 1},
        {"ssh": 0.9})
    return result


def tree_size(data, part):
    return int({"1k": 1000, "5k": 5000, "100k": 100_000}[data] * part)


class Data:
    """Makes the files of a job once and keeps them; each is random, so nothing compresses."""

    def __init__(self, root):
        self.root = root

    def path(self, data, part=1):
        if data is None:
            return ""
        name = data if data in ("1g", "256m") else f"{data}-{tree_size(data, part)}"
        path = os.path.join(self.root, name)
        if not os.path.exists(path):
            self.make(data, part, path)
        return path

    def make(self, data, part, path):
        if data in ("1g", "256m"):
            with open(path, "wb") as file:
                for _ in range(1024 if data == "1g" else 256):
                    file.write(os.urandom(1024 * 1024))
            return
        os.makedirs(path)
        for number in range(tree_size(data, part)):
            with open(os.path.join(path, f"file-{number:06}.bin"), "wb") as file:
                file.write(b"" if data == "100k" else os.urandom(4096))


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.unlink(path)


def check(source, target):
    if subprocess.run(["diff", "-r", "-q", source, target], stdout=subprocess.DEVNULL).returncode:
        raise RuntimeError(f"{target} is not what {source} holds")


def measure_once(clients, job, client, link, data, root):
    part = job.peers.get(client, 1)
    source = data.path(job.data, part)
    target = os.path.join(root, "target")
    if job.verb == "remove":
        doomed = os.path.join(root, "doomed")
        shutil.copytree(source, doomed)
        measure = clients.do(client, link, job.verb, doomed, target)
        if os.path.exists(doomed):
            raise RuntimeError(f"{client} left something of {doomed}")
        return measure
    measure = clients.do(client, link, job.verb, source, target)
    if job.verb in ("get", "put"):
        check(source, target)
        remove(target)
    return measure


def scaled(measure, part, login):
    """What the whole would have taken: the login once, the rest in proportion."""
    seconds = login + max(0.0, measure.seconds - login) / part
    return Measure(seconds, measure.cpu / part, measure.memory)


def measure_job(clients, job, link, data, root, repetitions):
    names = [job.own] + [name for name in job.peers if clients.available(name)]
    login = statistics.median(clients.ssh_connect(link, "", "", "ssh").seconds for _ in range(3))
    measures = {name: [] for name in names}
    if job.round_trip == 0:  # where memory and caches count: a round to warm them
        for name in names:
            measure_once(clients, job, name, link, data, root)
    for _ in range(repetitions):
        for name in names:
            measure = measure_once(clients, job, name, link, data, root)
            part = job.peers.get(name, 1)
            measures[name].append(scaled(measure, part, login) if part < 1 else measure)
    row = summary(job, measures)
    if job.verb in ("get", "put") and link.round_trip > 0:
        row["limit"] = login + size_of(data.path(job.data)) / GIGABIT
    return row


def size_of(path):
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(entry.stat().st_size for entry in os.scandir(path))


def summary(job, measures):
    def median(name, what):
        return statistics.median(getattr(measure, what) for measure in measures[name])

    own = measures[job.own]
    row = {"job": job.name, "title": job.title, "clients": {}}
    for name in measures:
        client = {"seconds": median(name, "seconds"), "cpu": median(name, "cpu"),
                  "memory": median(name, "memory"), "part": job.peers.get(name, 1)}
        if name != job.own:
            client["ratio"] = statistics.median(mine.seconds / other.seconds for mine, other
                                                in zip(own, measures[name]))
            client["bar"] = job.bars.get(name)
        row["clients"][name] = client
    return row


def table(rows):
    lines = ["| job | client | seconds | Ponto / client | bar | processor s | memory MB | limit s |",
             "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        for name, client in row["clients"].items():
            ratio, bar, limit = "", "", ""
            is_own = "ratio" not in client
            if is_own:
                limit = f"{row['limit']:.2f}" if "limit" in row else ""
            else:
                ratio = f"{client['ratio']:.3f}"
                if client["bar"] is not None:
                    met = "met" if client["ratio"] <= client["bar"] else "missed"
                    bar = f"{client['bar']:.3g} {met}"
            note = "" if client["part"] == 1 else f" (scaled from {client['part']:.0%})"
            lines.append(f"| {row['title'] if is_own else ''} | {name}{note} | "
                         f"{client['seconds']:.2f} | {ratio} | {bar} | {client['cpu']:.2f} | "
                         f"{client['memory'] / 1e6:.0f} | {limit} |")
    return "\n".join(lines)


def parse_arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release", help=argparse.SUPPRESS)
    parser.add_argument("--jobs", default="", help="comma-separated names; all without it: "
                        + ", ".join(job.name for job in jobs()))
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--clients", default="", help="comma-separated peers; all without it")
    parser.add_argument("--json", metavar="FILE", help="write all figures there as well")
    return parser.parse_args()


def chosen_jobs(arguments):
    wanted = [name for name in arguments.jobs.split(",") if name]
    unknown = set(wanted) - {job.name for job in jobs()}
    if unknown:
        sys.exit(f"run.sh: no such job: {', '.join(sorted(unknown))}")
    peers = [name for name in arguments.clients.split(",") if name]
    result = [job for job in jobs() if not wanted or job.name in wanted]
    for job in result:
        if peers:
            job.peers = {name: part for name, part in job.peers.items() if name.split()[0] in peers}
    return result


def main():
    arguments = parse_arguments()
    chosen = chosen_jobs(arguments)
    root = tempfile.mkdtemp(prefix="ponto-bench-", dir="/dev/shm")
    rows, links, server = [], {}, None
    try:
        server = Server(root)
        clients = Clients(server, os.path.abspath(arguments.build), root)
        data = Data(root)
        for job in chosen:
            if job.round_trip not in links:
                links[job.round_trip] = Link(server, arguments.build, job.round_trip)
            rows.append(measure_job(clients, job, links[job.round_trip], data, root,
                                    arguments.repetitions))
            print(table(rows[-1:]).split("\n", 2)[2], file=sys.stderr)
    finally:
        for link in links.values():
            link.stop()
        if server:
            server.stop()
        shutil.rmtree(root)
    print(table(rows))
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main()
