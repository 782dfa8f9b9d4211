"""The load: clients who create, change, post and pay until they are told to stop or the server is gone.

Each client's choices come from a seed of its own. Which of them interleave how is up to the machine, so a seed
repeats what is asked, not to the microsecond what happens.
"""

import concurrent.futures
import http.client
import random
import threading
from decimal import Decimal

from book import Change, Thing
from harness import Failure, Refused, new_id

BATCH = 5
# A wide batch has about this many bytes; some of them together are more than the database keeps in memory.
WIDE_RECORDS, WIDE_BYTES = 380, 4_000
CLIENTS = 8
# How long a client that was refused, or found no server, waits before it asks again.
PAUSE_SECONDS = 0.02


class Hand:
    """One client, with the records that it alone changes."""

    def __init__(self, dice, name, tax, wide=False):
        self.dice, self.name, self.tax, self.wide = dice, name, tax, wide
        self.parties, self.drafts, self.posted = [], [], []
        self.count = 0

    def next(self):
        """The next change, by the dice."""
        self.count += 1
        if self.wide:
            return self._batch(WIDE_RECORDS, self.dice.randbytes(WIDE_BYTES // 2).hex())
        turn = self.dice.random()
        if turn < 0.2 or not self.parties:
            return self._create()
        if turn < 0.4:
            return self._batch(BATCH)
        if turn < 0.5:
            return self._phone(self.dice.choice(self.parties))
        if turn < 0.7:
            return self._invoice(self.dice.choice(self.parties))
        if turn < 0.85 and self.drafts:
            return self._post(self.dice.choice(self.drafts))
        if self.posted:
            return self._pay(self.dice.choice(self.posted))
        return self._invoice(self.dice.choice(self.parties))

    def keep(self, change):
        """Takes what an acknowledged change made or changed for further ones."""
        thing = change.parts[0][0]
        if change.kind == "party":
            self.parties.append(thing)
        elif change.kind == "invoice":
            self.drafts.append(thing)
        elif change.kind == "post":
            self.drafts.remove(thing)
            self.posted.append(thing)
        elif change.kind == "pay" and thing.sure["state"] == "paid":
            self.posted.remove(thing)

    def _change(self, kind, method, path, body, parts):
        return Change(kind, f"{self.name}-{self.count}", method, path, body, parts)

    def _party(self, name, notes=None):
        thing = Thing("party", new_id(self.dice))
        record = {"id": thing.id, "kind": "organisation", "name": name}
        return (thing, {"name": name, "phone": None}), {**record, "notes": notes} if notes else record

    def _create(self):
        part, record = self._party(f"{self.name}-{self.count}")
        return self._change("party", "POST", "/contacts/parties", record, [part])

    def _batch(self, records, notes=None):
        made = [self._party(f"{self.name}-{self.count}-{n}", notes) for n in range(records)]
        calls = [{"action": "contacts.create_party", "input": record} for _, record in made]
        return self._change("batch", "POST", "/batch", calls, [part for part, _ in made])

    def _phone(self, thing):
        # The count makes it another number than the one before.
        phone = f"+254 {self.dice.randrange(1000):03} {self.count:05}"
        after = {**thing.sure, "phone": phone}
        return self._change("phone", "PATCH", f"/contacts/parties/{thing.id}", {"phone": phone}, [(thing, after)])

    def _invoice(self, party):
        thing, lines, untaxed = Thing("invoice", new_id(self.dice)), [], Decimal(0)
        for number in range(self.dice.randrange(1, 4)):
            # In tenths, so that ten percent of it need no rounding.
            quantity, price = self.dice.randrange(1, 9), Decimal(self.dice.randrange(1, 9999)) / 10
            untaxed += quantity * price
            line = {"description": f"Line {number}", "quantity": str(quantity), "unit_price": str(price)}
            lines.append({**line, "taxes": [self.tax]})
        body = {"id": thing.id, "party": party.id, "lines": lines}
        after = {"state": "draft", "total": untaxed * Decimal("1.1"), "paid": Decimal(0), "number": None}
        return self._change("invoice", "POST", "/finance/invoices", body, [(thing, after)])

    def _post(self, thing):
        after = {**thing.sure, "state": "posted"}
        return self._change("post", "POST", f"/finance/invoices/{thing.id}/post", {}, [(thing, after)])

    def _pay(self, thing):
        open_ = thing.sure["total"] - thing.sure["paid"]
        whole = self.dice.random() < 0.5 or open_ < 1
        amount = open_ if whole else (open_ * self.dice.randrange(1, 99) / 100).quantize(Decimal("0.01"))
        after = {**thing.sure, "paid": thing.sure["paid"] + amount, "state": "paid" if whole else "posted"}
        body = {"amount": str(amount)}
        return self._change("pay", "POST", f"/finance/invoices/{thing.id}/pay", body, [(thing, after)])


class Load:
    """A number of hands at work. Left, it stops them and raises what any of them found.

    With `refusals` a hand that is refused goes on: it asks again under the same key, or, where a refusal is final,
    now and then gives the change up. With `moves` a hand that loses its server asks again at another one, with
    `lossless` that is a failure, and else it ends there.
    """

    def __init__(self, world, clients=CLIENTS, wide=0, refusals=False, moves=False, lossless=False):
        self.world, self.refusals, self.moves, self.lossless = world, refusals, moves, lossless
        self.stop = threading.Event()
        self.wrong = []
        self.threads, self.names = [], []
        for number in range(clients + int(wide)):
            seed = world.dice.getrandbits(32)
            hand = Hand(random.Random(seed), f"{seed:08x}-{number}", world.tax, wide=number >= clients)
            self.names.append(hand.name)
            self.threads.append(threading.Thread(target=self._work, args=(hand, number), daemon=True))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, kind, error, trace):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if error is None and self.wrong:
            raise self.wrong[0]

    def wait_for(self, condition, what, seconds=120):
        """Waits for a condition on the book, unless a hand has found something wrong by then."""
        self.world.book.wait_for(lambda: self.wrong or condition(self.world.book), what, seconds)
        if self.wrong:
            raise self.wrong[0]

    def answers(self, more):
        """Waits for so many further acknowledged changes."""
        enough = self.world.book.answers + more
        self.wait_for(lambda book: book.answers >= enough, f"{more} further changes acknowledged")

    def _work(self, hand, number):
        try:
            self._loop(hand, number)
        except Exception as error:  # Whatever it is, the scenario's own thread must hear of it.
            self.wrong.append(error)
            with self.world.book.lock:
                self.world.book.lock.notify_all()

    def _loop(self, hand, number):
        book, change, turn = self.world.book, None, number
        client = self.world.client(turn)
        while not self.stop.is_set():
            if change is None:
                change = hand.next()
                book.begin(change)
            try:
                reply, headers = client.ask(change.method, change.path, change.body, change.key)
            except Refused as refusal:
                if refusal.status == 401 and self.world.renews:
                    client.token = self.world.renewed(client.token)
                    continue
                if not self.refusals:
                    raise Failure(f"a {change.kind} was refused: {refusal}") from None
                is_final = self.world.place.is_sqlite and hand.dice.random() < 0.5
                book.refused(change, refusal, hand.name, is_final)
                change = None if is_final else change
                self.stop.wait(PAUSE_SECONDS)
            except (OSError, http.client.HTTPException) as error:
                if self.lossless:
                    raise Failure(f"a {change.kind} got no answer: {error!r}") from None
                # It may have happened or not.
                if not self.moves:
                    return
                book.lost += 1
                self.stop.wait(PAUSE_SECONDS)
                turn += 1
                client = self.world.client(turn)
            else:
                book.acknowledged(change, headers["nexus-run"], reply, hand.name)
                hand.keep(change)
                change = None


def all_at_once(world, hands):
    """One change of each hand, so that they arrive together; each is asked once, and a refusal is final."""
    waiting = []
    for hand in hands:
        change, client = hand.next(), world.client()
        world.book.begin(change)
        client.park(change.method, change.path, change.body, change.key)
        waiting.append((hand, change, client))

    def release(hand, change, client):
        try:
            reply, headers = client.release()
        except Refused as refusal:
            world.book.refused(change, refusal, hand.name, True)
            return 1
        world.book.acknowledged(change, headers["nexus-run"], reply, hand.name)
        return 0

    with concurrent.futures.ThreadPoolExecutor(len(hands)) as pool:
        return sum(pool.map(lambda each: release(*each), waiting))


def settle(world, share=0.5):
    """Asks again for some of the changes without an answer, under their keys: each has then happened once."""
    client = world.client()
    for key in sorted(world.book.open):
        if world.dice.random() < share:
            change = world.book.open[key]
            reply, headers = client.ask(change.method, change.path, change.body, change.key)
            world.book.acknowledged(change, headers["nexus-run"], reply)
