"""A process that ends while the model is being loaded ends in order."""

import subprocess
import sys

ENDING = """
import threading
from knowledge.matching.retrieval import Understanding
def load():
    threading.main_thread().join()
    print("loaded", flush=True)
Understanding(None, tuple, print, load).start()
"""


def test_a_process_that_ends_waits_for_the_model_that_is_being_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "loaded\n", "")
