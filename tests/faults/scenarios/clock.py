"""The clock jumps by hours under load, forwards and back.

A session that is past its twelve hours gets nobody in, whichever way it is used; signing in anew goes on at once.
The log has no gap and no record twice, whatever times stand in it. Nobody is locked out for hours because a wrong
password was tried while the clock was ahead.
"""

import datetime

from follower import Stream
from harness import Client, Failure, Refused, wait_until
from jumps import Clock
from load import Load
from world import World

DATABASES = ("sqlite", "postgres")
ROUNDS = {"short": 1, "long": 4}
HOUR = 3600
SESSION_HOURS = 12
# A wrong password costs five minutes at most (the kernel's GUESSES_WINDOW_S), and a little for the way.
LOCKED_SECONDS_MAX = 300 + 30
GUESSES = 12
# How long a stream may say nothing until it is taken for one that is told nothing more.
SILENT_SECONDS = 3


def run(context):
    clock = Clock(context.work)
    with World(context.dice, url=context.new_database(), environment=clock.environment, renews=True) as world:
        for number in range(ROUNDS[context.form]):
            jumps = one_round(context, world, clock)
            context.say(f"round {number + 1}: {', '.join(jumps)}; {world.check()}")
        locked_out(context, world, clock)


def one_round(context, world, clock):
    dice, told = context.dice, []
    with Load(world) as load:

        def jump(hours):
            clock.jump(hours * HOUR)
            told.append(f"{hours:+d} h")
            must_show(world, clock)

        load.answers(dice.randrange(20, 60))
        for hours in (dice.randrange(1, 11), -dice.randrange(1, 30), SESSION_HOURS + dice.randrange(13, 30)):
            jump(hours)
            load.answers(dice.randrange(20, 60))
        # A session of its own, which nobody renews.
        expired = world.sign_in()
        stream = Stream(world.server, expired)
        jump(SESSION_HOURS + 1)
        must_be_refused(world, expired)
        world.token = world.sign_in()
        must_be_told_nothing(context, world, load, stream)
        jump(-dice.randrange(SESSION_HOURS + 2, 40))
        load.answers(dice.randrange(20, 60))
        # By the clock it were good again, but it was forgotten when somebody signed in after it had expired.
        must_be_refused(world, expired)
    return told


def must_show(world, clock):
    """The jump arrives in the log under load: else the scenario would have shown nothing."""

    def is_there():
        told = world.follower.told.get(world.follower.last)
        return told and abs(datetime.datetime.fromisoformat(told["at"]).timestamp() - clock.now()) < 60

    wait_until(is_there, "an event with the time that was set; does libfaketime reach the server?")


def must_be_refused(world, expired):
    create = {"kind": "person", "name": "Nobody"}
    asked = (("GET", "/contacts/parties", None), ("GET", "/events", None), ("POST", "/contacts/parties", create))
    for method, path, body in asked:
        try:
            Client(world.server, expired).ask(method, path, body)
        except Refused as refusal:
            if refusal.status == 401:
                continue
            raise Failure(f"an expired session is answered with {refusal}") from None
        raise Failure(f"an expired session may {method} {path}")


def must_be_told_nothing(context, world, load, stream):
    """A stream that was open when its session expired is not told what happened after that."""
    mark = world.follower.last
    load.answers(20)
    stream.socket.settimeout(SILENT_SECONDS)
    try:
        later = next((event for event in stream if event["seq"] > mark), None)
    except OSError:
        later = None
    stream.end()
    if later is not None:
        context.wrong("a stream of events goes on after its session has expired")


def locked_out(context, world, clock):
    """Wrong passwords while the clock is ahead, then the clock is put right."""
    guess = {"email": "somebody@fault.example", "password": "not the password"}

    def refused():
        try:
            Client(world.server).ask("POST", "/session", guess)
        except Refused as refusal:
            return refusal
        raise Failure("a wrong password got somebody in")

    ahead = SESSION_HOURS + 1
    clock.jump(ahead * HOUR)
    if [refused() for _ in range(GUESSES)][-1].status != 429:
        raise Failure(f"{GUESSES} wrong passwords in a row are not slowed down")
    clock.jump(-ahead * HOUR)
    refusal = refused()
    seconds = int(refusal.headers.get("retry-after", 0))
    if seconds > LOCKED_SECONDS_MAX:
        context.wrong(f"after the clock was put back by {ahead} hours an address is locked out for {seconds} seconds")
