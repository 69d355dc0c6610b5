"""The command line: `deskmate`, and `python -m bot`."""

from bot.cli import deskmate


def main() -> None:
    """Carry out what the command line says, and end with its exit status."""
    deskmate.main(prog_name="deskmate")


if __name__ == "__main__":
    main()
