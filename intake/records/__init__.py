"""What is kept: the sealed inbox, the cases with their encrypted fields, the accounts of staff."""
