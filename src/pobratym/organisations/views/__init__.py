"""Pages of bodies: the list, one body, its terms of office, and the forms of each."""
