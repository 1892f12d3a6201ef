"""What this room holds about people: staff."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Category, Holding, Keep, Kept, hold, not_personal

from .models import Operator, Organisation, Role, Staff

hold(
    Holding(
        model=Staff,
        fields={
            "number": Category.ACCOUNT,
            "name": Category.NAME,
            "email": Category.CONTACT,
            "password": Category.SECRET,
        },
        whose="id",
        person="staff",
        what=("员工账号", "staff accounts"),
        purpose=("登录、派单、向客户说明由谁负责", "signing in, assigning work, telling customers who answers for it"),
        basis=Basis.EMPLOYMENT,
        keep=Keep("在职期间；停用后与其经办记录同期", "while employed, then as long as the records of their work"),
        fate=Kept("经办记录须能查明由谁办理", "records must show who did the work"),
        export=False,
    )
)
not_personal(Staff, "language", "theme", "business", "scope")
not_personal(Organisation, "name", "path")
not_personal(Role, "code", "zh", "en", "permissions", "granted", "withheld")
not_personal(Operator, "access_code", "weekdays", "logo", "logo_kind", "logo_digest")
