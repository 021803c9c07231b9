"""Make the database itself refuse to change or delete what the log says."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MESSAGE = "the log is append-only"
SQLITE = """
CREATE TRIGGER annotations_event_keep_{verb} BEFORE {verb} ON annotations_event
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
# INSERT OR REPLACE deletes rows without a trigger for DELETE (sqlite.org/lang_conflict.html).
SQLITE_REPLACE = """
CREATE TRIGGER annotations_event_keep_REPLACE BEFORE INSERT ON annotations_event
WHEN EXISTS (
  SELECT 1 FROM annotations_event
  WHERE id = NEW.id OR (chain = NEW.chain AND number = NEW.number)
)
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION annotations_event_keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}'; END $$
"""
POSTGRESQL_ROWS = """
CREATE TRIGGER annotations_event_keep BEFORE UPDATE OR DELETE ON annotations_event
FOR EACH ROW EXECUTE FUNCTION annotations_event_keep()
"""
POSTGRESQL_TABLE = """
CREATE TRIGGER annotations_event_keep_all BEFORE TRUNCATE ON annotations_event
FOR EACH STATEMENT EXECUTE FUNCTION annotations_event_keep()
"""


def protect(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION.format(message=MESSAGE))
        schema_editor.execute(POSTGRESQL_ROWS)
        schema_editor.execute(POSTGRESQL_TABLE)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb, message=MESSAGE))
        schema_editor.execute(SQLITE_REPLACE.format(message=MESSAGE))


def unprotect(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER annotations_event_keep_all ON annotations_event")
        schema_editor.execute("DROP TRIGGER annotations_event_keep ON annotations_event")
        schema_editor.execute("DROP FUNCTION annotations_event_keep()")
    else:
        for verb in ("UPDATE", "DELETE", "REPLACE"):
            schema_editor.execute(f"DROP TRIGGER annotations_event_keep_{verb}")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
