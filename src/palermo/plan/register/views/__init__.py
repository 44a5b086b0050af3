"""Pages of the register: a guard, one query or one action, a template."""
