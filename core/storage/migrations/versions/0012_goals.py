"""goals

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'project_goal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=False),
        sa.Column('pain_point', sa.Text(), nullable=False),
        sa.Column('behaviour', sa.Text(), nullable=False),
        sa.Column('headcount', sa.Integer(), nullable=True),
        sa.Column('due_days', sa.Integer(), nullable=True),
        sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column('state', sa.Enum('draft', 'submitted', 'overridden', name='goalstate', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('problems', core.storage.types.JsonText(), nullable=False),
        sa.Column('submitted_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('submitted_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('project_id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('project_goal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_goal_state'), ['state'], unique=False)

    op.create_table(
        'goal_indicator',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('goal_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('process', 'performance', name='kind', native_enum=False, length=32), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('operator', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column('value', sa.Float(), nullable=True),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('baseline', sa.Float(), nullable=True),
        sa.Column('per_head', sa.Float(), nullable=True),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('level', sa.Integer(), nullable=True),
        sa.Column('weight', sa.Float(), nullable=True),
        sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(['goal_id'], ['project_goal.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('goal_indicator', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_indicator_goal_id'), ['goal_id'], unique=False)

    op.create_table(
        'goal_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('goal_id', sa.Integer(), nullable=False),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('by', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('made', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['goal_id'], ['project_goal.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('goal_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_change_goal_id'), ['goal_id'], unique=False)


def downgrade() -> None:
    for table, index in (('goal_change', 'goal_id'), ('goal_indicator', 'goal_id'), ('project_goal', 'state')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_{index}'))
        op.drop_table(table)
