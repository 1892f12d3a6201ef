from importlib import import_module

from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.kit"
    label = "kit"
    seeded = ("kit_subscription", "kit_clock")

    def ready(self) -> None:
        super().ready()
        import_module("shouwen.kit.health.permissions")
