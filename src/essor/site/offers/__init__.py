"""What the members of an organisation publish of it: activities, corrections, offers of means."""
