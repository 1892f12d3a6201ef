from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.kit"
    label = "kit"
    seeded = ("kit_subscription", "kit_clock")
