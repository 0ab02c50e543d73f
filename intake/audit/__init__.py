"""The audit log as values: what is noted, how entries are chained, how a chain is verified, how a sample is drawn.

All pure. `records.queries.audit` keeps the entries, `staff.recording` makes one for every request of the staff side.
"""
