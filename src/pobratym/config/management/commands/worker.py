"""`pobratym worker`: background work of all contexts until it is told to stop."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from pobratym.config.working import Worker

logger = logging.getLogger(__name__)

# Seconds between two turns, after an error of the database, and till the end once told to stop.
PAUSE, PAUSE_AFTER_ERROR, DEADLINE = 1.0, 5.0, 1.8
STEP = 0.2


class Command(BaseCommand):
    help = "Send mail and do the other background work. Stops within two seconds on SIGTERM or Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one turn, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        worker = Worker(f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}")
        if options["once"]:
            worker.turn(timezone.now())
            worker.leave()
            return
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: self.stop(worker))
        if options["verbosity"]:
            self.stdout.write("The worker is running.")
        self.stdout.flush()
        while not worker.stopping:
            self.rest(worker, self.turn(worker))
        self.leave(worker)
        self.stdout.write("The worker has ended.")

    def turn(self, worker: Worker) -> float:
        """One turn; how long to rest after it. An error of the database ends the turn, not the worker."""
        try:
            close_old_connections()
            worker.turn(timezone.now())
        except (DatabaseError, InterfaceError) as error:
            logger.error("The database does not answer (%s); trying again.", error)  # noqa: TRY400  # the line says all
            self.forget_connections()
            return PAUSE_AFTER_ERROR
        return PAUSE

    def rest(self, worker: Worker, seconds: float) -> None:
        """Wait in small steps, so that a signal is noticed."""
        end = time.monotonic() + seconds
        while not worker.stopping and time.monotonic() < end:
            time.sleep(STEP)

    def stop(self, worker: Worker) -> None:
        """Finish what is at hand; a mail server that does not answer may not hold the end up."""
        if not worker.stopping:
            worker.stop()
            # What is cut off here stays claimed and is taken over by the next worker.
            deadline = threading.Timer(DEADLINE, os._exit, [1])
            deadline.daemon = True
            deadline.start()

    def leave(self, worker: Worker) -> None:
        """Give the lease back if the database lets us."""
        try:
            worker.leave()
        except (DatabaseError, InterfaceError):
            self.forget_connections()

    def forget_connections(self) -> None:
        """Begin with new connections next time."""
        for connection in connections.all(initialized_only=True):
            try:
                connection.close()
            except (DatabaseError, InterfaceError):
                connection.connection = None
