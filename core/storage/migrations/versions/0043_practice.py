"""skill practice: scenarios and the talks that were practised

Revision ID: 0043
Revises: 0041
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0043'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('library_case', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('sample', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        'practice_scenario',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('competency', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('persona', sa.Text(), nullable=False),
        sa.Column('opening', sa.Text(), nullable=False),
        sa.Column('points', core.storage.types.JsonText(), nullable=False),
        sa.Column('red_lines', core.storage.types.JsonText(), nullable=False),
        sa.Column('unwelcome', core.storage.types.JsonText(), nullable=False),
        sa.Column('pass_mark', sa.Integer(), nullable=False),
        sa.Column('check_percent', sa.Integer(), nullable=False),
        sa.Column('sample', sa.Boolean(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'practice_attempt',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('scenario_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('source', sa.Enum('pasted', 'chat', name='source', native_enum=False, length=32), nullable=False),
        sa.Column('turns', core.storage.types.JsonText(), nullable=False),
        sa.Column('scoring', core.storage.types.JsonText(), nullable=False),
        sa.Column('total', sa.Float(), nullable=False),
        sa.Column('passed', sa.Boolean(), nullable=False),
        sa.Column('made_by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('to_check', sa.Boolean(), nullable=False),
        sa.Column('checked', core.storage.types.JsonText(), nullable=True),
        sa.Column('checked_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('kept_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('kept_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['scenario_id'], ['practice_scenario.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('practice_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_attempt_scenario_id'), ['scenario_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_attempt_employee_id'), ['employee_id'], unique=False)


def downgrade() -> None:
    op.drop_table('practice_attempt')
    op.drop_table('practice_scenario')
    with op.batch_alter_table('library_case', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_column('sample')
