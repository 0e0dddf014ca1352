"""goals saved together, targets of people

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('project_goal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('made_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False, server_default=''))

    with op.batch_alter_table('goal_change', schema=None) as batch_op:
        batch_op.add_column(sa.Column('together', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_goal_change_together'), ['together'], unique=False)

    op.create_table(
        'individual_target',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('indicator', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('operator', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column('value', sa.Float(), nullable=False),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('weight', sa.Float(), nullable=False),
        sa.Column('of_post', sa.Float(), nullable=False),
        sa.Column('advised', sa.Float(), nullable=False),
        sa.Column('current', sa.Float(), nullable=True),
        sa.Column('required', sa.Float(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('project_id', 'employee_id', 'indicator', name='uq_individual_target_project_employee_indicator'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('individual_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_individual_target_employee_id'), ['employee_id'], unique=False)

    op.create_table(
        'individual_target_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('target_id', sa.Integer(), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('value', sa.Float(), nullable=False),
        sa.Column('weight', sa.Float(), nullable=False),
        sa.Column('by', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['target_id'], ['individual_target.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('individual_target_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_individual_target_change_target_id'), ['target_id'], unique=False)


def downgrade() -> None:
    op.drop_table('individual_target_change')
    op.drop_table('individual_target')
    with op.batch_alter_table('goal_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_goal_change_together'))
        batch_op.drop_column('together')
    with op.batch_alter_table('project_goal', schema=None) as batch_op:
        batch_op.drop_column('made_by')
