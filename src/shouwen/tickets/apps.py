from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.tickets"
    label = "tickets"
    seeded = ("tickets_category", "tickets_kind_policy")
