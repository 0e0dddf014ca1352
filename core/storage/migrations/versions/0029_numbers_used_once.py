"""numbers of deleted units, posts, people, competencies and courses are not given again

Rebuilding these tables for an earlier revision has lost SQLite's AUTOINCREMENT. PostgreSQL's sequences were never touched.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

TABLES = ('unit', 'post', 'employee', 'competency', 'course', 'column_mapping')


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != 'sqlite':
        return
    for name in TABLES:
        used = _last_used(bind, name)
        with op.batch_alter_table(name, schema=None, recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass
        bind.execute(sa.text('DELETE FROM sqlite_sequence WHERE name = :name'), {'name': name})
        bind.execute(sa.text('INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)'), {'name': name, 'seq': used})


def downgrade() -> None:
    """The tables may keep what they always should have had."""


def _last_used(bind: sa.Connection, name: str) -> int:
    """The largest number that a row of the table has or had, as far as anything remembers: imports and the audit log outlive the rows."""
    known = sa.text(
        f"""
        SELECT max(number) FROM (
            SELECT coalesce(max(id), 0) AS number FROM {name}
            UNION ALL SELECT seq FROM sqlite_sequence WHERE name = :name
            UNION ALL SELECT row_id FROM import_change WHERE subject = :name
            UNION ALL SELECT subject_id FROM audit_entry WHERE subject = :name AND subject_id IS NOT NULL
        )
        """
    )
    return int(bind.execute(known, {'name': name}).scalar_one())
