from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.sla"
    label = "sla"
    seeded = ("sla_policy", "sla_calendar_day")
