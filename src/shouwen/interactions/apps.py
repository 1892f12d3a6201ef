from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.interactions"
    label = "interactions"
    seeded = ("interactions_reason",)
