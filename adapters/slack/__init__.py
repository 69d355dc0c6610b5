"""The Slack door: Socket Mode or HTTP in, the Web API out."""
