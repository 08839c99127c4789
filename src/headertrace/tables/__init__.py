"""Examinations as rows: a documented, versioned Arrow schema."""
