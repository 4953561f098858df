"""One real Apache Kafka broker, a KRaft node that is broker and controller in one, on 127.0.0.1 only."""

from __future__ import annotations

import base64
import contextlib
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from deploy.kafka.certificates import make_certificates
from deploy.kafka.java import HERE, KafkaError, class_archive, find_java, resolve_jars
from deploy.kafka.processes import own_session, running_pid
from deploy.kafka.wire import answers

HOST: Final = "127.0.0.1"

# Below the kernel's range for outgoing connections: while a broker is down, no client can be given its port.
PORTS: Final = range(20_000, 32_000)

# One compiler tier and the serial collector start fastest; `fast_start=False` is for benchmarks.
FAST_START: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

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


class EmbeddedKafka:
    """A broker process that lives in `home` and dies with the process that started it.

    `port` 0 picks a free one; a home that has been used before keeps its ports, unless `port` says otherwise, and
    its records. `secure` adds two listeners beside the plain one: TLS (`tls_bootstrap_servers`), which asks for a
    client certificate but takes a client without, and SASL over TLS (`sasl_bootstrap_servers`: PLAIN and
    SCRAM-SHA-512) for `users`, a mapping of names to passwords. Its certificates are made on first use; clients
    trust `ca_file` and may show `client_cert_file` with `client_key_file`.

    `detached` brokers outlive this process. `properties` overrides any broker setting. Nodes of one cluster share a
    `cluster_id` (deploy/kafka/cluster.py).
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
        cluster_id: str = "",
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
        self.properties = dict(properties or {})
        self._wanted_cluster_id = cluster_id
        self._ports: dict[str, int] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None
        self._new_archive: Path | None = None

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
        """Return the same broker behind TLS; `secure` only."""
        return f"{HOST}:{self._port_of('SSL')}"

    @property
    def sasl_bootstrap_servers(self) -> str:
        """Return the same broker behind TLS and a password; `secure` only."""
        return f"{HOST}:{self._port_of('SASL_SSL')}"

    @property
    def ca_file(self) -> Path:
        """Return the certificate authority that signed the broker's certificate."""
        return self.home / "tls" / "ca.pem"

    @property
    def client_cert_file(self) -> Path:
        """Return a certificate that the broker takes from a client."""
        return self.home / "tls" / "client.pem"

    @property
    def client_key_file(self) -> Path:
        """Return the key to `client_cert_file`, not encrypted."""
        return self.home / "tls" / "client.key"

    @property
    def pid(self) -> int:
        """Return the process id of the broker's Java."""
        if self._process is None:
            raise KafkaError(f"the broker in {self.home} is not running")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Return whether the process that was started here is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Return once the broker answers; `KafkaError` with the end of its log when it does not come up."""
        if self.is_running:
            return
        if (pid := running_pid(self.home)) is not None:
            raise KafkaError(f"a broker (pid {pid}) runs in {self.home} already")
        self.kill()  # clears up after one that ended by itself
        jars = resolve_jars()
        self.home.mkdir(parents=True, exist_ok=True)
        if self.secure and not self.ca_file.exists():
            make_certificates(self.home / "tls")
        is_first = not self._ports
        for tries_left in (2, 1, 0):
            self.choose_ports()
            self._write_properties()
            self._format(jars)
            try:
                self._launch(jars)
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
                self._keep_archive()
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
        if self._new_archive is not None:
            self._new_archive.unlink(missing_ok=True)
            self._new_archive = None
        if running_pid(self.home) is None:
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

    @property
    def controller(self) -> str:
        """Return where other nodes of its cluster reach its controller; known once ports are chosen."""
        return f"{HOST}:{self._port_of('CONTROLLER')}"

    def _port_of(self, listener: str) -> int:
        if listener not in self._ports:
            raise KafkaError(f"the broker in {self.home} has no {listener} listener, or was never started")
        return self._ports[listener]

    def load_ports(self) -> None:
        """Learn the ports of an earlier start in this home."""
        if self._ports_file.exists():
            pairs = (line.split("=") for line in self._ports_file.read_text().split())
            self._ports = {name: int(number) for name, number in pairs}

    def choose_ports(self) -> None:
        """Choose a free port for each listener; those of an earlier start are kept. `KafkaError` where one is taken."""
        self.home.mkdir(parents=True, exist_ok=True)
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
        text += "".join(f"{key}={value}\n" for key, value in self.properties.items())
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

    def _format(self, jars: Path) -> None:
        if (self.data / "meta.properties").exists():
            return
        cluster_id = self._wanted_cluster_id or new_cluster_id()
        command = [*self._java(jars), "kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id}"]
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

    def _java(self, jars: Path) -> list[str]:
        log_config = f"-Dlog4j2.configurationFile={HERE / 'log4j2.xml'}"
        archive = class_archive(jars)
        shared = [f"-XX:SharedArchiveFile={archive}"] if archive.exists() else []
        return [find_java(), *self._java_options, *shared, log_config, "-cp", f"{jars}/*"]

    def _launch(self, jars: Path) -> None:
        if not self._detached:
            # Started first and told the pid at once, so that there is hardly a moment in which nobody watches.
            self._watch = own_session([sys.executable, str(HERE / "processes.py")], stdin=subprocess.PIPE)
        with self.log_file.open("ab") as log:
            log_start = log.tell()
            command = [
                *self._java(jars),
                *self._archive_option(jars),
                "kafka.Kafka",
                str(self._server_properties),
            ]
            self._process = own_session(command, stdout=log, stderr=log)
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

    def _archive_option(self, jars: Path) -> list[str]:
        archive = class_archive(jars)
        if self._detached or archive.exists():
            return []
        self._new_archive = archive.with_suffix(f".{uuid.uuid4().hex[:8]}")
        return [f"-XX:ArchiveClassesAtExit={self._new_archive}"]

    def _keep_archive(self) -> None:
        if self._new_archive is not None and self._new_archive.exists():
            self._new_archive.replace(self._new_archive.with_suffix(".jsa"))

    def _tail(self, log_start: int, lines: int = 25) -> str:
        with self.log_file.open("rb") as log:
            log.seek(log_start)
            text = log.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def new_cluster_id() -> str:
    """Make an id for a new cluster."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


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
