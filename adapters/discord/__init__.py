"""The Discord door: the gateway in, the REST interface out."""
