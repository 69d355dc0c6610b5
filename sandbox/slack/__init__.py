"""A local Slack that speaks the published wire format: Web API, Socket Mode, Events API."""

from sandbox.slack.channel import Channel, Post
from sandbox.slack.person import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.user import User
from sandbox.slack.view import View

__all__ = ["Channel", "Person", "Post", "SlackServer", "User", "View"]
