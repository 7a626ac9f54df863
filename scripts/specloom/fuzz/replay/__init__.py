"""Keep failures as files that can be run again, and run them."""

from specloom.fuzz.replay.file import Replay, file_name, read_replay, write_replays

__all__ = ["Replay", "file_name", "read_replay", "write_replays"]
