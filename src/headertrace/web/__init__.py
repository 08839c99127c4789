"""A private page: a request in, a report out; nothing leaves the machine, nothing is stored."""
