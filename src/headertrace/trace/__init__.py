"""Hops become a chain, and the chain tells how far it may be believed."""
