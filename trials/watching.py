"""What must be true of an installation at every moment of a trial, read from its database."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg

# Each row found is a breach: what, and of whom.
ALWAYS = {
    "a contact in two seats": """
        select work_item_id::text from routing_slot where work_item_id is not null
        group by work_item_id having count(*) > 1""",
    "a seat above its slots": """
        select w.staff_id::text from routing_work_item w where w.state in ('assigned', 'wrap')
        group by w.staff_id, w.medium
        having count(*) > (select count(*) from routing_slot s
                           where s.staff_id = w.staff_id and s.medium = w.medium)""",
    "a subject waiting twice": """
        select subject || ' ' || subject_id from routing_work_item
        where state in ('arrived', 'waiting', 'offered', 'assigned', 'wrap')
        group by subject, subject_id having count(*) > 1""",
    "an assigned contact without its slot": """
        select w.id::text from routing_work_item w where w.state = 'assigned'
        and not exists (select 1 from routing_slot s where s.work_item_id = w.id and s.staff_id = w.staff_id)""",
}
# One visit to a queue is answered by one seat, ever; looked up in the facts after the trial.
AFTERWARDS = {
    "a contact answered by two seats": """
        select payload->>'work_item_id' from kit_fact where name = 'routing.WorkAssigned'
        group by 1 having count(distinct payload->>'staff_id') > 1""",
    "a contact answered twice": """
        select payload->>'work_item_id' from kit_fact where name = 'routing.WorkAssigned'
        group by 1 having count(*) > 1""",
    "two agents spoke without a transfer": """
        select m.interaction_id::text from interactions_message m where m.author_kind = 'staff'
        and not exists (select 1 from routing_work_item w
                        where w.subject = 'conversation' and w.subject_id = m.interaction_id and w.state = 'moved')
        group by m.interaction_id having count(distinct m.author_id) > 1""",
    "a message number with a gap or a twin": """
        select interaction_id::text from interactions_message
        group by interaction_id having count(*) <> max(seq) or count(distinct seq) <> count(*)""",
}


@dataclass
class Watcher:
    """Looks again and again, and keeps what it found."""

    dsn: str
    looks: int = 0
    found: set[str] = field(default_factory=set)

    async def work(self) -> None:
        """Look for ever; a database that is being killed is no finding."""
        while True:
            with suppress(psycopg.Error):
                await self.look(ALWAYS)
                self.looks += 1
            await asyncio.sleep(0.3)

    async def look(self, questions: dict[str, str]) -> None:
        """Ask every question in one snapshot."""
        async with await psycopg.AsyncConnection.connect(self.dsn) as line:
            await line.execute("set transaction isolation level repeatable read, read only")
            for name, query in questions.items():
                rows = await (await line.execute(query.encode())).fetchall()
                self.found |= {f"{name}: {row[0]}" for row in rows}
