"""A way in to addiction care: screening, self-referral, a sealed inbox and triage."""
