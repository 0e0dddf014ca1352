"""budget lines: money planned, committed and spent beside what the timetable costs

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'budget_line',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('type', sa.Enum('trainers', 'venues', 'materials', 'travel', 'purchase', 'other', 'time', name='costtype', native_enum=False, length=32), nullable=False),
        sa.Column('quarter', sa.Integer(), nullable=False),
        sa.Column('planned', sa.Float(), nullable=False),
        sa.Column('committed', sa.Float(), nullable=False),
        sa.Column('actual', sa.Float(), nullable=False),
        sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('budget_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_budget_line_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_budget_line_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_budget_line_unit_id'), ['unit_id'], unique=False)


def downgrade() -> None:
    op.drop_table('budget_line')
