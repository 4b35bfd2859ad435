"""The worker's turn: periodic tasks of all contexts, then the queue of tasks, under a lease."""

import datetime as dt
import logging
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from pobratym.outbox.operations import acquire_lease, release_lease
from pobratym.outbox.operations.delivering import goes_on

logger = logging.getLogger(__name__)

LEASE = "worker"
# A killed worker's successor waits so long. Should a task outlast it, two workers run side by side, which is
# harmless: every mail, periodic turn and task of the queue is claimed on its own.
LASTS = dt.timedelta(seconds=30)


def periodic_tasks() -> dict[str, tuple[Any, dt.timedelta]]:
    """The tables `PERIODIC` of all contexts: a task and how often it is due."""
    found: dict[str, tuple[Any, dt.timedelta]] = {}
    for context in apps.get_app_configs():
        if not context.name.startswith("pobratym.") or not module_has_submodule(context.module, "tasks"):
            continue
        tasks = import_module(f"{context.name}.tasks")
        for task, every in getattr(tasks, "PERIODIC", ()):
            found[f"{context.label}.{task.name}"] = (task, every)
    return found


class Worker:
    """One process that does background work; `stop` lets it finish what it is at."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        self.stopping = False
        self.periodic = periodic_tasks()
        self.queue = QueueWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=holder[:64],
            excluded_queue_names=[],
        )

    def stop(self) -> None:
        """Begin nothing new."""
        self.stopping = True
        self.queue.running = False

    def turn(self, at: dt.datetime) -> bool:
        """Do what is due at the moment; False if another worker has the lease."""
        if not acquire_lease(name=LEASE, holder=self.holder, at=at, lasts=LASTS):
            return False
        for name, (task, every) in self.periodic.items():
            if self.stopping:
                break
            if acquire_lease(name=f"periodic:{name}", holder=self.holder, at=at, lasts=every, renew=False):
                self.run(name, task, at)
        if not self.stopping:
            self.queue.run()
        return True

    def run(self, name: str, task: Any, at: dt.datetime) -> None:
        """Run a periodic task with the moment as its argument; its failure is told and its next turn comes."""
        # Told to stop, it begins no other mail: a hand-over that is cut off leaves a doubt.
        before = goes_on.set(lambda: not self.stopping)
        try:
            task.call(at=at.isoformat())
        except Exception:
            logger.exception("The periodic task %s failed.", name)
        finally:
            goes_on.reset(before)

    def leave(self) -> None:
        """Give the lease back, so that a successor need not wait."""
        release_lease(name=LEASE, holder=self.holder)
