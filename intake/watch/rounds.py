"""One round of watching: look, tell, let a canary go, tell the outside. Each step is finished before the next."""

from intake.watch import Watch, canary, outbox, watchdog


def go_round(watch: Watch) -> None:
    """Do all of it once. Any number of workers may: each step is done by one of them."""
    watchdog.look(watch)
    outbox.deliver(watch)
    canary.fly_when_due(watch)
    canary.tell_outside(watch)
