"""Compares what is stored with what was asked: acknowledged equals stored, events match records, balances hold."""

from decimal import Decimal

from book import agrees, invoice_state, party_state
from harness import ANSWER_SECONDS_MAX, Failure, verify

# What the version in the newest event is compared with.
LISTS = {
    "party": "/contacts/parties",
    "invoice": "/finance/invoices",
    "payment": "/finance/payments",
    "journal_entry": "/finance/journal-entries",
}
FIELDS = {
    "party": "version,name,phone",
    "invoice": "version,state,total,open,number",
    "payment": "version,state,amount,number",
    "journal_entry": "version,state,number",
}


class Stored:
    """All that a server tells about the records and their log."""

    def __init__(self, client):
        self.records, self.events = {}, []
        for kind, path in LISTS.items():
            for record in client.pages(path, FIELDS[kind]):
                self.records[record["id"]] = (kind, record)
        while True:
            page, _ = client.ask("GET", f"/events?after={len(self.events)}")
            if not page["data"]:
                break
            self.events += page["data"]
        # A day after all others: the clock may have been ahead.
        self.trial, _ = client.ask("GET", "/finance/reports/trial-balance?at=9999-12-31")

    def state(self, thing):
        kind, record = self.records.get(thing.id, (None, None))
        if record is None:
            return None
        return party_state(record) if kind == "party" else invoice_state(record)

    def of(self, kind):
        return [record for found, record in self.records.values() if found == kind]


def compare(book, stored, base):
    """What does not hold, and which of the changes without an answer have happened.

    `base` is how many events there were before the first change in the book.
    """
    wrong = _unasked(book, stored) + _lost(book, stored) + _log(stored) + _money(stored)
    applied, halves = _open(book, stored)
    runs = {event["run"] for event in stored.events[base:]}
    known = book.runs | book.found
    missing, new = known - runs, runs - known
    if missing:
        wrong.append(f"{len(missing)} acknowledged runs are not in the log, such as {min(missing)}")
    if len(new) != len(applied) and not halves:
        wrong.append(
            f"the log has {len(new)} runs that nobody acknowledged, the records show {len(applied)} such changes"
        )
    return wrong + halves, applied, new


def _unasked(book, stored):
    ours = {id for id, (kind, _) in stored.records.items() if kind in ("party", "invoice")}
    strangers = sorted(ours - set(book.things))
    return [f"nobody asked for the record {id}" for id in strangers[:3]]


def _lost(book, stored):
    """Things without a change on its way are as acknowledged."""
    wrong = []
    for thing in book.things.values():
        if thing.change is not None:
            continue
        found = stored.state(thing)
        if agrees(thing.sure, found):
            continue
        if found is None:
            wrong.append(f"the acknowledged {thing.kind} {thing.id} is lost")
        elif thing.sure is None:
            wrong.append(f"the {thing.kind} {thing.id} was refused, yet it is stored")
        else:
            wrong.append(f"the {thing.kind} {thing.id} is stored as {found}; {thing.sure} was acknowledged")
    return wrong


def _open(book, stored):
    """Each change on its way has happened whole or not at all."""
    applied, wrong = [], []
    for change in book.open.values():
        found = [stored.state(thing) for thing, _ in change.parts]
        after = [agrees(state, now) for (_, state), now in zip(change.parts, found)]
        before = [agrees(thing.sure, now) for (thing, _), now in zip(change.parts, found)]
        if all(after):
            applied.append((change, found))
        elif not all(before):
            there = f"{sum(after)} of {len(after)} records"
            wrong.append(f"{there} of the {change.kind} {change.key} are as they were to be: {found[:3]}")
    return applied, wrong


def _log(stored):
    """The log has no gap, a record's versions follow one another, and its newest is the record's."""
    wrong, versions, phones = [], {}, {}
    for number, event in enumerate(stored.events, 1):
        if event["seq"] != number:
            return [f"the event {number} is missing from the log; {event['seq']} stands in its place"]
        record, before = event["record"], versions.get(event["record"], 0)
        if event["version"] != before + 1:
            wrong.append(f"the version {event['version']} of the {event['object']} {record} follows {before}")
        versions[record] = event["version"]
        if event["object"] == "party":
            phones.update({record: change["to"] for change in event["fields"] if change["field"] == "phone"})
    for id, (kind, record) in stored.records.items():
        if versions.get(id) != record["version"]:
            wrong.append(f"the {kind} {id} has version {record['version']}, its newest event {versions.get(id)}")
        if kind == "party" and phones.get(id) != record.get("phone"):
            wrong.append(f"{id} has the phone {record.get('phone')}, its newest event {phones.get(id)}")
    gone = {event["record"] for event in stored.events if event["object"] in LISTS} - set(stored.records)
    if gone:
        wrong.append(f"there are events of {len(gone)} records that are not there, such as {min(gone)}")
    return wrong


def _money(stored):
    """Debit is credit, both are what the documents say, and numbers have no gap."""
    wrong = []
    debit, credit = (Decimal(stored.trial["totals"][side]["amount"]) for side in ("debit", "credit"))
    if debit != credit:
        wrong.append(f"the trial balance has {debit} on the left and {credit} on the right")
    posted = [invoice_state(record) for record in stored.of("invoice") if record["state"] != "draft"]
    documents = sum(invoice["total"] + invoice["paid"] for invoice in posted)
    if debit != documents:
        wrong.append(f"{debit} was debited, invoices and what was paid of them come to {documents}")
    paid = sum(Decimal(payment["amount"]["amount"]) for payment in stored.of("payment"))
    if paid != sum(invoice["paid"] for invoice in posted):
        wrong.append(f"payments of {paid} are stored, {sum(invoice['paid'] for invoice in posted)} was settled")
    for kind in ("invoice", "payment", "journal_entry"):
        series = {}
        for record in stored.of(kind):
            if record["state"] != "draft":
                prefix, _, number = (record["number"] or "-0").rpartition("-")
                series.setdefault(prefix, []).append(int(number))
        for prefix, numbers in series.items():
            if sorted(numbers) != list(range(1, len(numbers) + 1)):
                told = f"{len(numbers)} of {max(numbers)}"
                wrong.append(f"the numbers {prefix} of {kind} have a gap or come twice: {told}")
    return wrong


def check(world):
    """The whole comparison, against the world's server; a line that says what was looked at."""
    stored = Stored(world.client())
    wrong, applied, new = compare(world.book, stored, world.base)
    if wrong:
        raise Failure("; ".join(wrong[:5]) + (f"; and {len(wrong) - 5} more" if len(wrong) > 5 else ""))
    world.book.resolve(applied, new)
    world.follower.must_agree(stored.events, ANSWER_SECONDS_MAX)
    verify(world.place)
    posted = sum(record["state"] != "draft" for record in stored.of("invoice"))
    return f"{len(stored.records)} records, {posted} posted invoices, {len(stored.events)} events are sound"
