"""roster: what was corrected, so that it can be taken back

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('roster_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('batch', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('former', sa.Integer(), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=False),
        sa.Column('after', core.storage.types.JsonText(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    for column in ('batch', 'employee_id', 'at'):
        op.create_index(op.f(f'ix_roster_change_{column}'), 'roster_change', [column])


def downgrade() -> None:
    op.drop_table('roster_change')
