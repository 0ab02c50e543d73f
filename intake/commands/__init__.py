"""Commands that look at more than one part of the service, a group in each module."""
