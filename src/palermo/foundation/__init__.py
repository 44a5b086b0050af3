"""What every room may lean on: text in two languages, periods, places, money, pages of a list."""
