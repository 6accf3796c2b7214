"""What pages read about improvement, meetings, notices and tasks."""
