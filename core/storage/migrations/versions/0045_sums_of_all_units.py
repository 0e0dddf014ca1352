"""sums of results of all units together, so that a page of a bank need not add up its branches

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

_ALL_UNITS = -1


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == 'sqlite'
    day = 'r."on"'
    month = f"substr({day}, 1, 8) || '01'" if sqlite else f"CAST(date_trunc('month', {day}) AS DATE)"
    op.execute(sa.text(f"""
        INSERT INTO result_sum (measure_id, unit_id, month, moment, attendances, people, unnamed, sum, sum_squares, passes)
        SELECT r.measure_id, {_ALL_UNITS}, {month}, r.moment, COUNT(*), COUNT(DISTINCT r.employee_id), COUNT(*) - COUNT(r.employee_id),
            SUM(r.value), SUM(r.value * r.value), SUM(CASE WHEN r.value >= 1 THEN 1 ELSE 0 END)
        FROM result r WHERE r.replaced_by IS NULL
        GROUP BY r.measure_id, {month}, r.moment
    """))


def downgrade() -> None:
    op.execute(sa.text(f'DELETE FROM result_sum WHERE unit_id = {_ALL_UNITS}'))
