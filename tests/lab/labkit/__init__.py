"""A laboratory of real mail servers in network namespaces that vanish with it."""
