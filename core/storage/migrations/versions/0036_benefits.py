"""benefits of training: a change, what it is worth, whose it is

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('benefit_line',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('measure_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('delta', sa.Float(), nullable=False),
        sa.Column('low', sa.Float(), nullable=True),
        sa.Column('high', sa.Float(), nullable=True),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('value', sa.Float(), nullable=False),
        sa.Column('value_source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('value_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('isolation', sa.Float(), nullable=False),
        sa.Column('method', sa.Enum('control', 'trend', 'model', 'participants', 'managers', 'experts', name='isolation', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('isolation_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('confidence', sa.Float(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('benefit_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_benefit_line_measure_id'), ['measure_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_line_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_line_programme_id'), ['programme_id'], unique=False)


def downgrade() -> None:
    op.drop_table('benefit_line')
