"""A plan in the columns of the tracker that Canada publishes of its plans on open government."""
