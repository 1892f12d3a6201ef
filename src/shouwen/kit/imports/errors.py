"""Why an import may be refused."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class ImportUnknown(InvalidInput):
    """No room takes this."""

    code = "import-unknown"
    field = "kind"
    zh = "没有名为「{kind}」的导入。请从列表页点「导入」。"
    en = "There is no import “{kind}”. Use the button on the list's page."


class ImportNotFound(NotFound):
    """No such import, or somebody else's."""

    code = "import-not-found"
    zh = "没有这个导入，或它已过期。请重新上传文件。"
    en = "There is no such import, or it has expired. Upload the file again."


class EncodingUnknown(InvalidInput):
    """The bytes are no text we know."""

    code = "import-encoding"
    field = "file"
    zh = "读不出文件里的文字（第 {line} 行附近）。请在表格软件里另存为「CSV UTF-8」或 Excel 后再上传。"
    en = "The text of the file cannot be read (near line {line}). Save it as “CSV UTF-8” or Excel and upload it again."


class SheetBroken(InvalidInput):
    """It opens as no table."""

    code = "import-broken"
    field = "file"
    zh = "表格打不开或已损坏。请用表格软件打开确认，另存一份后再上传。"
    en = "The table does not open or is damaged. Open it in your spreadsheet, save a copy and upload that."


class NothingInside(InvalidInput):
    """No heading, or nothing below it."""

    code = "import-empty"
    field = "file"
    zh = "表格里没有数据。第一行应为列名，从第二行起每行一条。"
    en = "There is nothing in the table. The first line holds the headings, each line below it one record."


class HeadingsDoubled(InvalidInput):
    """Two columns of one name: which one is meant?"""

    code = "import-headings-doubled"
    field = "file"
    zh = "列名「{name}」出现了两次。请改成不同的列名后再上传。"
    en = "The heading “{name}” stands there twice. Give each column a name of its own and upload again."


class RowsTooMany(InvalidInput):
    """More than one import takes."""

    code = "import-too-many-rows"
    field = "file"
    zh = "表格超过 {most} 行。请拆成几个文件，分几次导入。"
    en = "The table has more than {most} rows. Split it and import the parts one after the other."


class ColumnsTooMany(InvalidInput):
    """No table of people is so wide."""

    code = "import-too-many-columns"
    field = "file"
    zh = "表格超过 {most} 列。请删去不需要的列后再上传。"
    en = "The table has more than {most} columns. Remove those that are not needed and upload again."


class MappingWrong(InvalidInput):
    """A field taken twice, or a column that is not there."""

    code = "import-mapping-wrong"
    field = "mapping"
    zh = "列的对应关系有误：{what}。请重新选择。"
    en = "The columns do not fit: {what}. Choose again."


class FieldsMissing(InvalidInput):
    """What is needed has no column."""

    code = "import-fields-missing"
    field = "mapping"
    zh = "必填项没有对应的列：{fields_zh}。请选择对应的列，或在表格里补上这一列。"
    en = "Nothing is chosen for: {fields_en}. Choose their columns, or add them to the table."


class ImportNotNow(DomainError):
    """It is at another step."""

    code = "import-not-now"
    zh = "这个导入现在不能这样操作。请刷新后查看它的状态。"
    en = "This cannot be done with the import now. Reload and see how it stands."


class RowsWrong(DomainError):
    """All or nothing was asked, and not all is well."""

    code = "import-rows-wrong"
    zh = "有 {bad} 行有问题，按「全部导入」的要求没有导入。请改正后重新上传，或选择只导入没有问题的行。"
    en = "{bad} rows are wrong, and all or none was asked. Correct them and upload again, or import only the good ones."


class NothingGood(DomainError):
    """No row can be taken."""

    code = "import-nothing-good"
    zh = "没有可以导入的行。请按错误文件改正后重新上传。"
    en = "No row can be imported. Correct them by the error file and upload again."


class RowsTouched(DomainError):
    """Somebody has worked with what came in."""

    code = "import-touched"
    zh = "导入的 {count} 条记录之后已被使用或修改，不能整批撤销。请逐条处理。"
    en = "{count} imported records were used or changed since, so the import cannot be undone as a whole."
