"""What pages and services read about reviews."""
