from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.telephony"
    label = "telephony"
