"""A worker in a process of its own, to be killed: opens the inbox of the database it is given."""

import base64
import sys

from intake.ingest import open_everything, open_keyring
from intake.records.database import Database

url, private_key = sys.argv[1:]
database = Database(url)
with database.writing() as session:
    keyring = open_keyring(session, base64.b64decode(private_key))
open_everything(database, keyring)
