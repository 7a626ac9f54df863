"""Keep failures as files that can be run again, and run them."""

from specloom.fuzz.replay.again import Rerun, Verdict, replay
from specloom.fuzz.replay.file import Replay, file_name, read_replay, write_replays

__all__ = ["Replay", "Rerun", "Verdict", "file_name", "read_replay", "replay", "write_replays"]
