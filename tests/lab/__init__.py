"""The laboratory of real mail servers, and what its messages prove."""
