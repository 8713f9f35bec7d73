"""From a shot to a take: planning, the queue of jobs, and taking in what the runtime made."""
