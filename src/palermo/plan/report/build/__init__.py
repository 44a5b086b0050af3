"""From the register to the one description of a report."""
