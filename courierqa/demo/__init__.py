"""A believable network on which the product can be tried: made by the real services."""
