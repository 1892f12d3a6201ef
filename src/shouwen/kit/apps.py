from importlib import import_module

from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.kit"
    label = "kit"
    seeded = ("kit_subscription", "kit_clock")

    def ready(self) -> None:
        super().ready()
        for part in ("health.permissions", "privacy.permissions", "privacy.own"):
            import_module(f"shouwen.kit.{part}")
