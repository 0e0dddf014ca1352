"""nobody has an entry of the catalogue planned twice

Revision ID: 0027
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0020'
branch_labels = None
depends_on = None

PLANNED = sa.text("state = 'planned'")


def upgrade() -> None:
    # Of what was planned twice, the first stays; the others are cancelled, and stay in the list as such.
    op.execute(
        """
        UPDATE enrolment SET state = 'cancelled', version = version + 1 WHERE state = 'planned' AND EXISTS (
            SELECT 1 FROM enrolment AS first WHERE first.state = 'planned' AND first.employee_id = enrolment.employee_id
            AND first.course_id = enrolment.course_id AND first.id < enrolment.id
        )
        """
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(
            'uq_enrolment_planned', ['employee_id', 'course_id'], unique=True, sqlite_where=PLANNED, postgresql_where=PLANNED
        )


def downgrade() -> None:
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolment_planned')
