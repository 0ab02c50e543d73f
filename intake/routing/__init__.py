"""The directory of units and the rules that suggest one of them."""
