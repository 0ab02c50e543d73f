"""What translators work with: catalogs in Swedish's order, what is stale, round trips, a glossary, a language to test.

Swedish is the source. A *text* has a key of its own: the name it has in a catalog, such as `start.heading`, or the
folder and path it has in the definitions, such as `questionnaires/about:items.age.text`.
"""
