from shouwen.kit.rooms import RoomConfig


class Config(RoomConfig):
    name = "shouwen.accounts"
    label = "accounts"
    seeded = ("accounts_role",)

    def ready(self) -> None:
        super().ready()
        from shouwen.kit import principals

        from .queries import principal_of

        principals.connect(principal_of)
