"""needs

Revision ID: 0015
Revises: 0013
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0015'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'needs_call',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('closed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('created_by', sa.Integer(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('needs_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_needs_call_plan_id'), ['plan_id'], unique=False)

    op.create_table(
        'needs_asked_unit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column('issued_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('opened_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('none_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('none_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['needs_call.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('call_id', 'unit', name='uq_needs_asked_unit_call_unit'),
        sa.UniqueConstraint('token_hash'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('needs_asked_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_needs_asked_unit_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_needs_asked_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table(
        'needs_nudge',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('asked_id', sa.Integer(), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('account_ids', core.storage.types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(['asked_id'], ['needs_asked_unit.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('needs_nudge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_needs_nudge_asked_id'), ['asked_id'], unique=False)

    op.create_table(
        'need',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('asked_id', sa.Integer(), nullable=True),
        sa.Column('via', sa.Enum('page', 'link', 'sheet', name='via', native_enum=False, length=32), nullable=False),
        sa.Column('filer', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('problem', sa.Text(), nullable=False),
        sa.Column('post', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('people', sa.Integer(), nullable=True),
        sa.Column('behaviour', sa.Text(), nullable=False),
        sa.Column('competency', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=True),
        sa.Column('layer', sa.Enum('management', 'professional', name='layer', native_enum=False, length=32), nullable=True),
        sa.Column('level', sa.Integer(), nullable=True),
        sa.Column('urgency', sa.Enum('high', 'medium', 'low', name='urgency', native_enum=False, length=32), nullable=False),
        sa.Column('kind', sa.Enum('pre_emptive', 'problem_driven', name='projectkind', native_enum=False, length=32), nullable=False),
        sa.Column('evidence', sa.Text(), nullable=False),
        sa.Column('quarter', sa.Integer(), nullable=True),
        sa.Column('state', sa.Enum('draft', 'filed', 'merged', 'put_aside', name='needstate', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['asked_id'], ['needs_asked_unit.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_asked_id'), ['asked_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_competency_id'), ['competency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_unit_id'), ['unit_id'], unique=False)

    op.create_table(
        'need_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('asked_id', sa.Integer(), nullable=True),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['asked_id'], ['needs_asked_unit.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('need_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_action_plan_id'), ['plan_id'], unique=False)

    op.create_table(
        'need_change',
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('after', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['action_id'], ['need_action.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['need_id'], ['need.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('action_id', 'need_id'),
    )
    with op.batch_alter_table('need_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_change_need_id'), ['need_id'], unique=False)


def downgrade() -> None:
    indexes = {
        'need_change': ('need_id',),
        'need_action': ('plan_id',),
        'need': ('unit_id', 'state', 'project_id', 'plan_id', 'competency_id', 'asked_id'),
        'needs_nudge': ('asked_id',),
        'needs_asked_unit': ('unit_id', 'call_id'),
        'needs_call': ('plan_id',),
    }
    for table, columns in indexes.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_index(batch_op.f(f'ix_{table}_{column}'))
        op.drop_table(table)
