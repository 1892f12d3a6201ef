"""The API process starts by itself, in a process where nothing was imported before."""

from __future__ import annotations

import subprocess
import sys


def test_the_application_is_there_in_a_fresh_process():
    code = "from shouwen.project.wsgi import application; print(type(application).__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "WSGIHandler"), done.stderr
