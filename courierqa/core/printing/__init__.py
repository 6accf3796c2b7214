"""What printed pages of all apps share: the embedded faces and the bar and matrix codes."""
