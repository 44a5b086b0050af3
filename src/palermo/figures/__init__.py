"""Every published number: where it comes from, and why it can identify nobody."""
