from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.workforce"
    label = "workforce"
