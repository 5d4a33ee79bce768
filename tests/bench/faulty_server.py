"""An SMTP server that drops and refuses some, and keeps the truth of what it accepted.

`python -m tests.bench.faulty_server TRUTH_FILE [FAULTS] [SEED]` prints its port.
"""

from __future__ import annotations

import os
import random
import re
import socket
import sys
import threading
from pathlib import Path


class Truth:
    """What was accepted, on the disk before the sender hears of it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        self._lock = threading.Lock()

    def accept(self, recipient: str, message: bytes) -> None:
        """One line: recipient, a tab, Message-ID."""
        found = re.search(rb"(?mi)^Message-ID:\s*(\S+)", message)
        line = f"{recipient}\t{found[1].decode() if found else '?'}\n"
        with self._lock:
            self._file.write(line.encode())
            self._file.flush()
            os.fsync(self._file.fileno())


class Faults:
    """What goes wrong, and how often; `level` scales all of it."""

    def __init__(self, level: float, seed: int) -> None:
        self._level, self._dice = level, random.Random(seed)

    def happens(self, chance: float) -> bool:
        """Whether this fault happens now."""
        return self._dice.random() < chance * self._level


class Line:
    """One connection, from greeting to goodbye."""

    def __init__(self, connection: socket.socket, truth: Truth, faults: Faults) -> None:
        self._connection, self._truth, self._faults = connection, truth, faults
        self._file = connection.makefile("rb")
        self._recipient = ""

    def serve(self) -> None:
        """Answer until the other end or a fault ends it."""
        try:
            if self._faults.happens(0.01):
                self._say("421 4.3.2 come back later")
                return
            self._say("220 faulty.example ready")
            while command := self._file.readline():
                if not self._obey(command.decode("latin-1").strip()):
                    return
        except OSError:
            pass  # the sender was killed: that is what we are here for
        finally:
            self._connection.close()

    def _say(self, words: str) -> None:
        self._connection.sendall(words.encode() + b"\r\n")

    def _obey(self, command: str) -> bool:
        verb = command[:4].upper()
        if verb == "DATA":
            return self._take()
        if verb == "RCPT":
            self._recipient = command.partition("<")[2].partition(">")[0]
            return self._rcpt()
        if verb == "QUIT":
            self._say("221 bye")
            return False
        self._say("250 ok")
        return True

    def _rcpt(self) -> bool:
        if self._recipient.startswith("dead"):
            self._say("550 5.1.1 no such user")
        elif self._faults.happens(0.015):
            self._say("450 4.7.1 greylisted")
        elif self._faults.happens(0.01):
            return False  # dropped before anything left
        else:
            self._say("250 ok")
        return True

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self._file.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        if self._faults.happens(0.015):
            return False  # dropped after the dot, not accepted
        if self._faults.happens(0.01):
            self._say("451 4.3.0 try again")
            return True
        self._truth.accept(self._recipient, b"".join(lines))
        if self._faults.happens(0.02):
            return False  # accepted, and the answer lost
        self._say("250 2.0.0 queued")
        return True


def main() -> None:
    """Serve until killed."""
    truth = Truth(Path(sys.argv[1]))
    level = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    faults = Faults(level, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _address = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Line(connection, truth, faults).serve, daemon=True).start()


if __name__ == "__main__":
    main()
