"""Pages of improvement, meetings, notices, tasks and retention."""
