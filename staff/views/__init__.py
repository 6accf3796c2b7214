"""Pages of people: sign-in, sites, records, training, grades."""
