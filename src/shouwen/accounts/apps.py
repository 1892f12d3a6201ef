from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.accounts"
    label = "accounts"
    seeded = ("accounts_role",)
