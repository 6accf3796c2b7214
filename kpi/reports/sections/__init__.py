"""One module per page group of the monthly report; each turns values into flowables."""
