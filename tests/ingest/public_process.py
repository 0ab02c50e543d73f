"""What a public process does, in a process of its own: it has the public key and the database, and nothing else.

Seals and stores what it is given, then prints all that the database will tell it.
"""

import base64
import json
import sys

from sqlalchemy import select

from intake.records.database import Database
from intake.records.models import Table
from intake.records.queries import inbox
from tests.ingest.requests import submission

url, public_key, payload = sys.argv[1:]
database = Database(url)
with database.session() as session:
    inbox.insert(session, submission(base64.b64decode(public_key), payload.encode()))
    session.commit()
    for table in Table.metadata.sorted_tables:
        for row in session.execute(select(table)):
            print(json.dumps([table.name, *map(repr, row)]))  # noqa: T201  # the test reads it
database.close()
