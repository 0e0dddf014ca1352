"""early warning: its numbers, what was decided about a project, what happened after

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('warning_threshold',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.Enum('participation', 'application', 'conversion', 'stop', 'confidence', 'people', 'chances', 'readings', 'elapsed', 'window', 'weeks', 'attendance', 'actions', name='threshold', native_enum=False, length=32), nullable=False),
        sa.Column('value', sa.Float(), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id', 'name', name='uq_warning_threshold_plan_name'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('warning_threshold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_warning_threshold_plan_id'), ['plan_id'], unique=False)

    op.create_table('warning_case',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('status', sa.Enum('stop', 'warn', 'watch', 'on_track', 'no_judgement', name='status', native_enum=False, length=32), nullable=False),
        sa.Column('link', sa.Enum('participation', 'application', 'conversion', name='link', native_enum=False, length=32), nullable=True),
        sa.Column('week', sa.Integer(), nullable=False),
        sa.Column('forecast', core.storage.types.JsonText(), nullable=False),
        sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('numbers', core.storage.types.JsonText(), nullable=False),
        sa.Column('advice', sa.Enum('keep', 'repair', 'stop', name='advice', native_enum=False, length=32), nullable=False),
        sa.Column('action', sa.Enum('keep', 'repair', 'stop', name='advice', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('due', sa.Date(), nullable=False),
        sa.Column('state', sa.Enum('open', 'done', 'dropped', name='casestate', native_enum=False, length=32), nullable=False),
        sa.Column('opened_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('opened_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('warning_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_warning_case_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_warning_case_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_warning_case_state'), ['state'], unique=False)

    op.create_table('warning_note',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('status', sa.Enum('stop', 'warn', 'watch', 'on_track', 'no_judgement', name='status', native_enum=False, length=32), nullable=False),
        sa.Column('forecast', core.storage.types.JsonText(), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['warning_case.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('warning_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_warning_note_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('warning_note')
    op.drop_table('warning_case')
    op.drop_table('warning_threshold')
