"""Sealing: anybody can put something in, only the clinic's private key takes it out.

`seal` is the public half and `unseal` the staff half; `mailbox` opens letters to whoever brings a receipt code,
`fields` encrypts single columns with a data key, and `keyfiles` writes keys to disk.
"""
