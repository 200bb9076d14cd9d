"""A simulated post office: events with inheritance, a heap of them, queues.

The size is the number of customers.
"""

from __future__ import annotations

import sys
from collections import deque


class Random:
    def __init__(self, seed: int) -> None:
        self.seed = seed

    def next(self, limit: int) -> int:
        self.seed = self.seed * 16807 % 2147483647
        return self.seed % limit


class Event:
    def __init__(self, time: int) -> None:
        self.time = time
        self.order = 0

    def precedes(self, other: Event) -> bool:
        if self.time != other.time:
            return self.time < other.time
        return self.order < other.order

    def happen(self, office: Office) -> None:
        raise NotImplementedError


class Arrival(Event):
    def __init__(self, time: int, customer: Customer) -> None:
        super().__init__(time)
        self.customer = customer

    def happen(self, office: Office) -> None:
        office.arrive(self.customer)


class Departure(Event):
    def __init__(self, time: int, clerk: Clerk) -> None:
        super().__init__(time)
        self.clerk = clerk

    def happen(self, office: Office) -> None:
        self.clerk.finish(office)


class EventQueue:
    """A binary heap; position 0 stays unused."""

    def __init__(self) -> None:
        self.events: list[Event] = [Event(0)]
        self.count = 0
        self.added = 0

    def add(self, event: Event) -> None:
        self.added += 1
        event.order = self.added
        self.count += 1
        position = self.count
        events = self.events
        events.append(event)
        while position > 1:
            parent = position // 2
            if not event.precedes(events[parent]):
                break
            events[position] = events[parent]
            position = parent
        events[position] = event

    def take(self) -> Event:
        events = self.events
        first, last = events[1], events.pop()
        self.count -= 1
        count = self.count
        if count == 0:
            return first
        position = 1
        while True:
            child = 2 * position
            if child > count:
                break
            if child < count and events[child + 1].precedes(events[child]):
                child += 1
            if not events[child].precedes(last):
                break
            events[position] = events[child]
            position = child
        events[position] = last
        return first


class Customer:
    def __init__(self, number: int, work: int) -> None:
        self.number = number
        self.work = work
        self.arrived = 0


class Clerk:
    def __init__(self) -> None:
        self.customer: Customer | None = None
        self.served = 0
        self.busy_time = 0

    def serve(self, customer: Customer, office: Office) -> None:
        self.customer = customer
        office.waited += office.now - customer.arrived
        office.schedule(Departure(office.now + customer.work, self))

    def finish(self, office: Office) -> None:
        assert self.customer is not None
        self.served += 1
        self.busy_time += self.customer.work
        self.customer = None
        following = office.next_in_line()
        if following:
            self.serve(following, office)


class Office:
    def __init__(self, clerk_count: int) -> None:
        self.now = self.waited = self.longest = 0
        self.events = EventQueue()
        self.line: deque[Customer] = deque()
        self.clerks = [Clerk() for _ in range(clerk_count)]

    def schedule(self, event: Event) -> None:
        self.events.add(event)

    def free_clerk(self) -> Clerk | None:
        for clerk in self.clerks:
            if clerk.customer is None:
                return clerk
        return None

    def arrive(self, customer: Customer) -> None:
        customer.arrived = self.now
        clerk = self.free_clerk()
        if clerk:
            clerk.serve(customer, self)
            return
        self.line.append(customer)
        self.longest = max(self.longest, len(self.line))

    def next_in_line(self) -> Customer | None:
        return self.line.popleft() if self.line else None

    def run(self) -> None:
        while self.events.count > 0:
            event = self.events.take()
            assert event.time >= self.now
            self.now = event.time
            event.happen(self)


def main(size: int) -> str:
    random = Random(42)
    office = Office(3)
    time = work = 0
    for number in range(1, size + 1):
        time += random.next(20)
        customer = Customer(number, 5 + random.next(40))
        work += customer.work
        office.schedule(Arrival(time, customer))
    office.run()
    served = sum(clerk.served for clerk in office.clerks)
    busy = sum(clerk.busy_time for clerk in office.clerks)
    assert served == size and busy == work
    return f"event_queue {office.now} {office.waited} {office.longest}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60000))
