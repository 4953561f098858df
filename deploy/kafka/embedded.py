"""One real Apache Kafka broker for tests, the demo and a laptop: resolved by Maven, run by the Java at hand.

As a command:  python deploy/kafka/embedded.py start|stop|status|run|jars [--home DIR] [--port N] [--secure]
As a module:   with EmbeddedKafka(Path("var/kafka/mine")) as kafka: kafka.bootstrap_servers

It is a single KRaft node (broker and controller in one) that listens on 127.0.0.1 only. Standard library only,
so that it runs before any package is installed.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import io
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
PROJECT: Final = HERE.parents[1]
VAR: Final = PROJECT / "var" / "kafka"
HOST: Final = "127.0.0.1"

# Below the kernel's range for outgoing connections: while a broker is down, no client can be given its port.
PORTS: Final = range(20_000, 32_000)

# One thread-local compiler tier and the serial collector start fastest; `fast_start=False` is for benchmarks.
FAST_START: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")

PROPERTIES: Final = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller_port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# No wait for more members: a test's only consumer should start at once.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
# A restarted node must not wait nine seconds for the lease of its former self.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=250
# The default of 128 MiB would eat a quarter of the heap.
log.cleaner.dedupe.buffer.size=16777216
num.network.threads=2
num.io.threads=4
"""


class KafkaError(Exception):
    """The broker, or what it needs, is not there; the message says what to do."""


class EmbeddedKafka:
    """A broker process that lives in `home` and dies with the process that started it.

    `port` 0 picks a free one; a home that has been used before keeps its ports, unless `port` says otherwise, and
    its records. `secure` adds two listeners beside the plain one: TLS (`tls_bootstrap_servers`), which asks for a
    client certificate but takes a client without, and SASL over TLS (`sasl_bootstrap_servers`: PLAIN and
    SCRAM-SHA-512) for `users`, a mapping of names to passwords. Its certificates are made on first use; clients
    trust `ca_file` and may show `client_cert_file` with `client_key_file`.

    `detached` brokers outlive this process. `properties` overrides any broker setting.
    """

    def __init__(
        self,
        home: Path | str,
        port: int = 0,
        *,
        secure: bool = False,
        users: Mapping[str, str] | None = None,
        heap: str = "512m",
        fast_start: bool = True,
        detached: bool = False,
        start_seconds_max: float = 60.0,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        self.home = Path(home).resolve()
        self.secure = secure
        self.users = dict(users or {"copydesk": "copydesk-secret"})
        self.log_file = self.home / "broker.log"
        self.data = self.home / "data"
        self._wanted_port = port
        self._java_options = (f"-Xmx{heap}", *(FAST_START if fast_start else ()))
        self._detached = detached
        self._start_seconds_max = start_seconds_max
        self._properties = dict(properties or {})
        self._ports: dict[str, int] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> EmbeddedKafka:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """Where it listens; known once it has been started."""
        return self._port_of("PLAINTEXT")

    @property
    def bootstrap_servers(self) -> str:
        """`127.0.0.1:PORT`, in plain text."""
        return f"{HOST}:{self.port}"

    @property
    def tls_bootstrap_servers(self) -> str:
        """The same broker behind TLS; `secure` only."""
        return f"{HOST}:{self._port_of('SSL')}"

    @property
    def sasl_bootstrap_servers(self) -> str:
        """The same broker behind TLS and a password; `secure` only."""
        return f"{HOST}:{self._port_of('SASL_SSL')}"

    @property
    def ca_file(self) -> Path:
        """The certificate authority that signed the broker's certificate."""
        return self.home / "tls" / "ca.pem"

    @property
    def client_cert_file(self) -> Path:
        """A certificate that the broker takes from a client."""
        return self.home / "tls" / "client.pem"

    @property
    def client_key_file(self) -> Path:
        """The key to `client_cert_file`, not encrypted."""
        return self.home / "tls" / "client.key"

    @property
    def pid(self) -> int:
        """The process id of the broker's Java."""
        if self._process is None:
            raise KafkaError(f"the broker in {self.home} is not running")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process that was started here is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Return once the broker answers; `KafkaError` with the end of its log when it does not come up."""
        if self.is_running:
            return
        if (pid := running_pid(self.home)) is not None:
            raise KafkaError(f"a broker (pid {pid}) runs in {self.home} already")
        class_path = f"{resolve_jars()}/*"
        self.home.mkdir(parents=True, exist_ok=True)
        if self.secure and not self.ca_file.exists():
            make_certificates(self.home / "tls")
        is_first = not self._ports
        for tries_left in (2, 1, 0):
            self._choose_ports()
            self._write_properties()
            self._format(class_path)
            try:
                self._launch(class_path)
                return
            except KafkaError as error:
                self.kill()
                # Somebody took a port between our look and the broker's: only then is another try another chance.
                if not (tries_left and is_first and "Address already in use" in str(error)):
                    raise
                self._ports.clear()

    def stop(self, seconds_max: float = 20.0) -> None:
        """Ask it to stop, wait, and end it by force when it does not."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
                self._process.send_signal(signal.SIGCONT)  # a suspended broker could not obey
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds_max)
        self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would (kill -9)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._watch is not None and self._watch.stdin is not None:
            self._watch.stdin.close()
            self._watch.wait()
            self._watch = None
        self._pid_file.unlink(missing_ok=True)

    def restart(self) -> None:
        """Stop and start again, with the same ports and the same records."""
        self.stop()
        self.start()

    @property
    def _ports_file(self) -> Path:
        return self.home / "ports"

    @property
    def _pid_file(self) -> Path:
        return self.home / "broker.pid"

    def _port_of(self, listener: str) -> int:
        if listener not in self._ports:
            raise KafkaError(f"the broker in {self.home} has no {listener} listener, or was never started")
        return self._ports[listener]

    def load_ports(self) -> None:
        """Learn the ports of an earlier start in this home."""
        if self._ports_file.exists():
            pairs = (line.split("=") for line in self._ports_file.read_text().split())
            self._ports = {name: int(number) for name, number in pairs}

    def _choose_ports(self) -> None:
        if not self._ports:
            self.load_ports()
            self._ports = {name: port for name, port in self._ports.items() if _is_free(port)}
        if self._wanted_port:
            self._ports["PLAINTEXT"] = self._wanted_port
        for name in ("PLAINTEXT", "CONTROLLER", *(("SSL", "SASL_SSL") if self.secure else ())):
            if name not in self._ports:
                self._ports[name] = _free_port(besides=self._ports.values())
            if not _is_free(self._ports[name]):
                raise KafkaError(
                    f"port {self._ports[name]} on {HOST} is taken; choose another, or 0 for a free one"
                )
        self._ports_file.write_text("".join(f"{name}={port}\n" for name, port in self._ports.items()))

    def _write_properties(self) -> None:
        names = ["PLAINTEXT", *(["SSL", "SASL_SSL"] if self.secure else []), "CONTROLLER"]
        listeners = [f"{name}://{HOST}:{self._ports[name]}" for name in names]
        protocols = [f"{name}:{'PLAINTEXT' if name == 'CONTROLLER' else name}" for name in names]
        text = PROPERTIES.format(host=HOST, controller_port=self._ports["CONTROLLER"], data=self.data)
        text += f"listeners={','.join(listeners)}\n"
        text += f"advertised.listeners={','.join(listeners[:-1])}\n"
        text += f"listener.security.protocol.map={','.join(protocols)}\n"
        if self.secure:
            text += self._security_properties()
        text += "".join(f"{key}={value}\n" for key, value in self._properties.items())
        self._server_properties.write_text(text)
        self._server_properties.chmod(0o600)

    def _security_properties(self) -> str:
        module = "org.apache.kafka.common.security"
        users = " ".join(f'user_{name}="{password}"' for name, password in self.users.items())
        return "\n".join(
            [
                "ssl.keystore.type=PEM",
                f"ssl.keystore.location={self.home / 'tls' / 'broker.pem'}",
                "ssl.truststore.type=PEM",
                f"ssl.truststore.location={self.ca_file}",
                "ssl.client.auth=requested",
                "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512",
                f"listener.name.sasl_ssl.plain.sasl.jaas.config={module}.plain.PlainLoginModule required {users};",
                f"listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={module}.scram.ScramLoginModule required;",
                "",
            ]
        )

    @property
    def _server_properties(self) -> Path:
        return self.home / "server.properties"

    def _format(self, class_path: str) -> None:
        if (self.data / "meta.properties").exists():
            return
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        command = [*self._java(class_path), "kafka.tools.StorageTool", "format", "--cluster-id", cluster_id]
        command += ["--config", str(self._server_properties)]
        if self.secure:
            for name, password in self.users.items():
                command += ["--add-scram", f"SCRAM-SHA-512=[name={name},password={password}]"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise KafkaError(f"the store in {self.data} could not be formatted:\n{done.stdout}{done.stderr}")

    def _cluster_id(self) -> str:
        text = (self.data / "meta.properties").read_text()
        return next(line for line in text.splitlines() if line.startswith("cluster.id="))[
            len("cluster.id=") :
        ]

    def _java(self, class_path: str) -> list[str]:
        log_config = f"-Dlog4j2.configurationFile={HERE / 'log4j2.xml'}"
        return [find_java(), *self._java_options, log_config, "-cp", class_path]

    def _launch(self, class_path: str) -> None:
        if not self._detached:
            # Started first and told the pid at once, so that there is hardly a moment in which nobody watches.
            self._watch = _own_session([sys.executable, __file__, "watch"], stdin=subprocess.PIPE)
        with self.log_file.open("ab") as log:
            log_start = log.tell()
            command = [*self._java(class_path), "kafka.Kafka", str(self._server_properties)]
            self._process = _own_session(command, stdout=log, stderr=log)
        self._pid_file.write_text(f"{self._process.pid}\n")
        if self._watch is not None and self._watch.stdin is not None:
            self._watch.stdin.write(f"{self._process.pid}\n".encode())
            self._watch.stdin.flush()
        deadline = time.monotonic() + self._start_seconds_max
        while answers(HOST, self.port) != self._cluster_id():
            if self._process.poll() is not None:
                raise KafkaError(
                    f"the broker stopped while it started; its log ends:\n{self._tail(log_start)}"
                )
            if time.monotonic() > deadline:
                raise KafkaError(
                    f"the broker does not answer on {self.bootstrap_servers} after {self._start_seconds_max:g} s;"
                    f" its log ends:\n{self._tail(log_start)}"
                )
            time.sleep(0.05)

    def _tail(self, log_start: int, lines: int = 25) -> str:
        with self.log_file.open("rb") as log:
            log.seek(log_start)
            text = log.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def answers(host: str, port: int, seconds_max: float = 2.0) -> str | None:
    """The cluster id that a broker there gives in its answer to a Metadata request, once a broker is alive.

    A TCP connection proves nothing: the socket is open before the node has joined its own cluster, and it may be
    another's.
    """
    client = b"embedded"
    # Metadata v4 (https://kafka.apache.org/protocol#The_Messages_Metadata): no topics, none to be created.
    request = struct.pack(">hhih", 3, 4, 1, len(client)) + client + struct.pack(">ib", 0, 0)
    try:
        with socket.create_connection((host, port), timeout=seconds_max) as connection:
            connection.settimeout(seconds_max)
            connection.sendall(struct.pack(">i", len(request)) + request)
            (size,) = struct.unpack(">i", _read_exactly(connection, 4))
            answer = io.BytesIO(_read_exactly(connection, size))
            _correlation_id, _throttle_ms, brokers = struct.unpack(">iii", answer.read(12))
            for _ in range(brokers):
                _node_id, _host, _port, _rack = (
                    answer.read(4),
                    _string(answer),
                    answer.read(4),
                    _string(answer),
                )
            return _string(answer) if brokers > 0 else None
    except (OSError, struct.error):
        return None


def _string(answer: io.BytesIO) -> str | None:
    (size,) = struct.unpack(">h", answer.read(2))
    return answer.read(size).decode() if size >= 0 else None


def _read_exactly(connection: socket.socket, size: int) -> bytes:
    chunks = b""
    while len(chunks) < size:
        chunk = connection.recv(size - len(chunks))
        if not chunk:
            raise OSError("the connection was closed")
        chunks += chunk
    return chunks


def _free_port(*, besides: Iterable[int]) -> int:
    taken = set(besides)
    for port in random.sample(PORTS, 200):
        if port not in taken and _is_free(port):
            return port
    raise KafkaError(f"no free port between {PORTS.start} and {PORTS.stop} on {HOST}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe, contextlib.suppress(OSError):
        # What is left of closed connections is no hindrance, to the broker neither.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return True
    return False


def _own_session(command: Sequence[str], **streams: Any) -> subprocess.Popen[bytes]:
    """Start a process that Ctrl-C at the terminal does not reach: its parent decides when it ends."""
    return subprocess.Popen(command, start_new_session=True, **{"stdin": subprocess.DEVNULL, **streams})


def _is_broker(pid: int, home: Path) -> bool:
    """Whether that process is a broker of this home, not some later process with the same number."""
    cmdline = Path(f"/proc/{pid}/cmdline")
    if cmdline.parent.exists():
        command = cmdline.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    else:
        ps = ["ps", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return "kafka.Kafka" in command and str(home / "server.properties") in command


def running_pid(home: Path) -> int | None:
    """The process id of the broker that runs in `home`, whoever started it."""
    try:
        pid = int((home / "broker.pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if _is_broker(pid, home) else None


def find_java() -> str:
    """The `java` to run the broker with: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME", "")
    candidates = [str(Path(home) / "bin" / "java")] if home else []
    for candidate in (*candidates, "java"):
        if found := shutil.which(candidate):
            return found
    raise KafkaError(
        "no Java found; the broker needs Java 17 or later (`make setup` installs it or says how)"
    )


def resolve_jars() -> Path:
    """The folder with the broker's jars; asks Maven for them once per version of pom.xml."""
    pom = HERE / "pom.xml"
    jars = VAR / f"jars-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaError("no Maven found to fetch the broker's jars (`make setup` installs it or says how)")
    VAR.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="jars-", dir=VAR))
    try:
        command = [maven, "--batch-mode", "--quiet", "--file", str(pom), "dependency:copy-dependencies"]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={fresh}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise KafkaError(f"Maven could not fetch the broker's jars:\n{done.stdout}{done.stderr}")
        fresh.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was quicker
            fresh.rename(jars)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return jars


def make_certificates(folder: Path) -> None:
    """Write a certificate authority, a certificate for 127.0.0.1 and one for a client, all with openssl."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    extensions = "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n"
    extensions += "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    (folder / "extensions").write_text(extensions)
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    authority = f"req -x509 {key} -days 3650 -addext keyUsage=critical,keyCertSign -subj /CN=embedded-ca"
    _openssl(f"{authority} -keyout ca.key -out ca.new", folder)
    for name, subject in (("broker", "localhost"), ("client", "copydesk")):
        _openssl(f"req -new {key} -subj /CN={subject} -keyout {name}.key -out {name}.csr", folder)
        _openssl(
            f"x509 -req -in {name}.csr -CA ca.new -CAkey ca.key -CAcreateserial -days 3650"
            f" -extfile extensions -out {name}.pem",
            folder,
        )
    broker = folder / "broker.pem"
    broker.write_text((folder / "broker.key").read_text() + broker.read_text())
    (folder / "ca.new").rename(folder / "ca.pem")  # last: its presence says that all of them are there


def _openssl(arguments: str, folder: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise KafkaError("no openssl found; a broker with TLS needs it to make its certificates")
    command = [openssl, *arguments.split()]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise KafkaError(f"openssl could not make the certificates:\n{done.stderr}")


def end_process(pid: int, is_gone: Callable[[], bool], seconds_max: float) -> None:
    """SIGTERM, and after `seconds_max` SIGKILL; for a process that is not our child."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGCONT)  # a suspended process could not obey
        deadline = time.monotonic() + seconds_max
        while not is_gone():
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.05)


def _command_watch() -> int:
    """Read a pid, then wait until the writing end of the pipe is gone with its process; end that pid."""
    line = sys.stdin.readline()
    sys.stdin.read()
    if line.strip():
        pid = int(line)
        end_process(pid, lambda: not _lives(pid), seconds_max=5.0)
    return 0


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.exists():
        with contextlib.suppress(OSError):
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _command_start(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    kafka.start() if pid is None else kafka.load_ports()
    _say(f"a broker (pid {pid or kafka.pid}) answers; its log: {kafka.log_file}")
    print(kafka.bootstrap_servers)
    return 0


def _command_run(kafka: EmbeddedKafka) -> int:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with contextlib.suppress(KeyboardInterrupt), kafka:
        _say(f"the broker (pid {kafka.pid}) answers; Ctrl-C stops it; its log: {kafka.log_file}")
        print(kafka.bootstrap_servers, flush=True)
        while kafka.is_running:
            time.sleep(0.5)
        _say("the broker has stopped by itself")
        return 1
    return 0


def _command_stop(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    if pid is None:
        _say(f"no broker runs in {kafka.home}")
        return 0
    end_process(pid, lambda: running_pid(kafka.home) is None, seconds_max=20.0)
    (kafka.home / "broker.pid").unlink(missing_ok=True)
    _say(f"the broker (pid {pid}) has stopped")
    return 0


def _command_status(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    if pid is not None:
        kafka.load_ports()
        if answers(HOST, kafka.port):
            _say(f"a broker (pid {pid}) answers")
            print(kafka.bootstrap_servers)
            return 0
        _say(f"a broker (pid {pid}) runs but does not answer on {kafka.bootstrap_servers}")
        return 4
    _say(f"no broker runs in {kafka.home}")
    return 3


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: it failed; `status`: 3 not running, 4 running but mute."""
    if list(arguments or sys.argv[1:]) == ["watch"]:  # what start() puts beside every broker
        return _command_watch()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["start", "stop", "status", "run", "jars"])
    parser.add_argument("--home", type=Path, default=VAR / "broker", help="its folder (%(default)s)")
    parser.add_argument("--port", type=int, default=9092, help="0 picks a free one (%(default)s)")
    parser.add_argument("--secure", action="store_true", help="listen on TLS and SASL over TLS too")
    options = parser.parse_args(arguments)
    kafka = EmbeddedKafka(
        options.home,
        options.port,
        secure=options.secure,
        heap="1g",
        fast_start=False,
        detached=options.command == "start",
    )
    try:
        match options.command:
            case "start":
                return _command_start(kafka)
            case "run":
                return _command_run(kafka)
            case "stop":
                return _command_stop(kafka)
            case "status":
                return _command_status(kafka)
            case _:
                print(resolve_jars())
                return 0
    except KafkaError as error:
        _say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
