"""nobody has an entry of the catalogue planned twice; certificates that people hold

Revision ID: 0028
Revises: 0027
"""

import secrets

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

REVISIONS = sa.table('people_revision', sa.column('name', sa.String), sa.column('token', sa.BigInteger))
NAMES = ('certificate', 'held_certificate')
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
    op.create_table(
        'held_certificate',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('certificate', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=True),
        sa.Column('expires_on', sa.Date(), nullable=True),
        sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('removed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('held_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_held_certificate_employee_id'), ['employee_id'], unique=False)
    op.bulk_insert(REVISIONS, [{'name': name, 'token': secrets.randbits(62)} for name in NAMES])


def downgrade() -> None:
    op.execute(sa.delete(REVISIONS).where(REVISIONS.c.name.in_(NAMES)))
    op.drop_table('held_certificate')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolment_planned')
