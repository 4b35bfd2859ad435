"""Tests, by what they prove: the house, the architecture, each context, the journeys.

A data folder of their own is set here because this is imported before the settings are read (`-p tests.not_run`);
`conftest.py` comes too late. WhiteNoise warns of a missing static folder, and a warning is an error.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["POBRATYM_DATA"] = tempfile.mkdtemp(prefix="pobratym-tests-")
Path(os.environ["POBRATYM_DATA"], "static").mkdir()
atexit.register(shutil.rmtree, os.environ["POBRATYM_DATA"], ignore_errors=True)
