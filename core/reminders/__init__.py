"""What has become due by the mere passing of time: looked for by the hour, told once."""
