"""The demo as a newcomer starts it: everybody gets what was promised, by mail and in each chat."""

import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = [sys.executable, "-m", "bot", "demo"]
PATIENCE = 30.0  # seconds


def test_the_morning_keeps_its_promises_on_each_channel():
    played = subprocess.run([*DEMO, "--once"], cwd=ROOT, capture_output=True, check=False)
    said = played.stdout.decode()
    assert played.returncode == 0, said
    assert "✗" not in said
    assert "7 people wrote" in said
    for place in ("Ana Ruiz reads:", "Slack #help", "Discord #questions", "Discord #desk"):
        assert place in said


def test_at_the_prompt_a_form_on_discord_is_opened_filled_in_and_sent():
    read, write = pty.openpty()
    with subprocess.Popen(DEMO, cwd=ROOT, stdin=write, stdout=subprocess.PIPE) as demo:
        said = Said(demo)
        said.until(r"quit ends it")
        os.write(read, b"hugo! Write a note\n")
        said.until(r"A form opens before Hugo Sanz")
        os.write(read, b"hugo= She had that in May\n")
        said.until(r"(?s)Hugo Sanz.*She had that in May")
        os.write(read, b"nuria/\n")
        said.until(r"(?s)only Nuria Sala sees this.*Actualizar")
        os.write(read, b"nuria! Contar un problema\n")  # on the page that only she sees
        said.until(r"A form opens before Nuria Sala")
        os.write(read, b"nuria! Nothing like it\n")
        said.until(r"There is no “Nothing like it” here, only “Contar un problema”")
        os.write(read, b"quit\n")
        assert demo.wait(PATIENCE) == 0
    os.close(read)
    os.close(write)


class Said:
    """What a program has said so far."""

    def __init__(self, program):
        os.set_blocking(program.stdout.fileno(), False)
        self._pipe = program.stdout
        self._words = b""

    def until(self, pattern):
        """Wait for words that weren't there before."""
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self._words.decode(errors="replace")):
            assert time.monotonic() < end, self._words.decode(errors="replace")[-3000:]
            self._words += self._pipe.read() or b""
            time.sleep(0.02)
        self._words = b""
