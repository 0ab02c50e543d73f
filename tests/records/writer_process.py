"""A process of its own, to be killed: adds to the audit log of the database it is given until it is stopped."""

import json
import sys
from itertools import count

from intake.audit.entry import Entry
from intake.records.box import Box
from intake.records.database import Database
from intake.records.queries import audit
from intake.sealing.fields import FieldBox

url, keys, times = sys.argv[1:]
box = Box(FieldBox({int(number): bytes.fromhex(key) for number, key in json.loads(keys).items()}))
database = Database(url)
for number in count() if times == "forever" else range(int(times)):
    with database.writing() as session, session.begin():
        audit.note(session, box, Entry("case.read", "worker", codes=(f"n={number}",)))
