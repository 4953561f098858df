"""Three real Apache Kafka brokers on 127.0.0.1, each a controller too: what one node cannot show."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from deploy.kafka.broker import EmbeddedKafka, new_cluster_id

NODES: Final = 3
HEAP: Final = "320m"

PROPERTIES: Final = {
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
    # A slow machine must not lose a node that is merely late; a dead one is missed after this time.
    "broker.session.timeout.ms": "5000",
    "broker.heartbeat.interval.ms": "500",
    "replica.lag.time.max.ms": "5000",
}


class EmbeddedCluster:
    """Three brokers that live in folders of `home`, with replication 3 and `min.insync.replicas` 2.

    Used as an `EmbeddedKafka` is; `nodes` has each broker, to kill, stop or suspend it alone.
    """

    def __init__(self, home: Path | str, *, heap: str = HEAP) -> None:
        self.home = Path(home).resolve()
        cluster_id = new_cluster_id()
        self.nodes = [
            EmbeddedKafka(self.home / f"node{number}", heap=heap, cluster_id=cluster_id)
            for number in range(1, NODES + 1)
        ]

    def __enter__(self) -> EmbeddedCluster:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def bootstrap_servers(self) -> str:
        """All three, in plain text."""
        return ",".join(node.bootstrap_servers for node in self.nodes)

    @property
    def data(self) -> Path:
        """Return the folder above those of all nodes."""
        return self.home

    def start(self) -> None:
        """Start the nodes that do not run, together: a node alone answers nobody. Return once all of them answer."""
        if not self.nodes[0].properties:
            self._join()
        self.each(EmbeddedKafka.start)

    def stop(self) -> None:
        """Ask all nodes to stop, wait, and end those by force that do not."""
        self.each(EmbeddedKafka.stop)

    def kill(self) -> None:
        """End all nodes at once."""
        self.each(EmbeddedKafka.kill)

    def node(self, number: int) -> EmbeddedKafka:
        """Return the node with a number, as Kafka counts them."""
        return self.nodes[number - 1]

    def suspend(self, number: int) -> None:
        """Cut a node off: it neither answers nor notices that it does not."""
        os.kill(self.node(number).pid, signal.SIGSTOP)

    def resume(self, number: int) -> None:
        """Let a suspended node go on."""
        os.kill(self.node(number).pid, signal.SIGCONT)

    def each(self, do: Callable[[EmbeddedKafka], None], nodes: Iterable[EmbeddedKafka] = ()) -> None:
        """Do something with several nodes at the same time, with all of them by default."""
        chosen = list(nodes) or self.nodes
        with ThreadPoolExecutor(len(chosen)) as pool:
            list(pool.map(do, chosen))

    def _join(self) -> None:
        for node in self.nodes:
            node.choose_ports()
        voters = ",".join(f"{number}@{node.controller}" for number, node in enumerate(self.nodes, 1))
        for number, node in enumerate(self.nodes, 1):
            node.properties |= {**PROPERTIES, "node.id": str(number), "controller.quorum.voters": voters}
