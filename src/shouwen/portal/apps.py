from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.portal"
    label = "portal"
