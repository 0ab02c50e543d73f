"""The service as it runs in earnest, a server process with workers of its own, to be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

COMMAND = (sys.executable, "-c", "from intake.cli import main; main()")
STARTS_WITHIN = 30.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Process:
    """A command of ours in a process group of its own, with exactly the environment given."""

    environ: Mapping[str, str]
    arguments: tuple[str, ...]
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it; its errors go to where the test's go."""
        self.running = subprocess.Popen(
            [*COMMAND, *self.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], **self.environ},
            cwd=Path(__file__).parent.parent.parent,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End all of it as a power cut would: nothing gets a chance to finish."""
        if self.running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


@dataclass
class Service(Process):
    """`intake run` on a port that stays the same from start to start."""

    arguments: tuple[str, ...] = ()
    port: int = field(default_factory=_free_port)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.arguments = ("run", "--port", str(self.port))
        super().start()
        deadline = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            assert time.monotonic() < deadline, "the service did not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether it answers at all."""
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False

    def members(self) -> list[int]:
        """The ids of its processes, the one that serves and those that listen for it."""
        assert self.running is not None
        found = subprocess.run(["pgrep", "-g", str(self.running.pid)], check=True, capture_output=True, text=True)
        return [int(line) for line in found.stdout.split()]
