"""The staff side: signing in, the queue, one case."""
