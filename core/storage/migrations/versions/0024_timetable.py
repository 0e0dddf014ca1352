"""timetable: programmes, cohorts, sessions, timetables, placements, published versions

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'timetable',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('state', sa.Enum('waiting', 'draft', 'published', 'superseded', 'failed', name='timetablestate', native_enum=False, length=32), nullable=False),
        sa.Column('seed', sa.Integer(), nullable=False),
        sa.Column('seconds', sa.Float(), nullable=False),
        sa.Column('based_on', sa.Integer(), nullable=True),
        sa.Column('stay_close', sa.Boolean(), nullable=False),
        sa.Column('why', core.storage.types.JsonText(), nullable=True),
        sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('objective', core.storage.types.JsonText(), nullable=False),
        sa.Column('bound', sa.Float(), nullable=True),
        sa.Column('gap', sa.Float(), nullable=True),
        sa.Column('took', sa.Float(), nullable=True),
        sa.Column('provisional', sa.Boolean(), nullable=False),
        sa.Column('notes', core.storage.types.JsonText(), nullable=False),
        sa.Column('made_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('made_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('timetable', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timetable_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_timetable_state'), ['state'], unique=False)
    op.create_table(
        'timetable_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('facts', core.storage.types.JsonText(), nullable=False),
        sa.Column('policy', sa.Enum('off', 'warn', 'block', 'reason', name='policy', native_enum=False, length=32), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'placement_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('timetable_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['timetable_id'], ['timetable.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('placement_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_action_timetable_id'), ['timetable_id'], unique=False)
    op.create_table(
        'published_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('timetable_id', sa.Integer(), nullable=True),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('lines', core.storage.types.JsonText(), nullable=False),
        sa.Column('changes', core.storage.types.JsonText(), nullable=False),
        sa.Column('published_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('published_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['timetable_id'], ['timetable.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id', 'number', name='uq_published_version_plan_number'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('published_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_version_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_published_version_timetable_id'), ['timetable_id'], unique=False)
    op.create_table(
        'programme',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('origin', sa.Enum('project', 'list', 'hand', name='origin', native_enum=False, length=32), nullable=False),
        sa.Column('cohort_size', sa.Integer(), nullable=True),
        sa.Column('priority', sa.Integer(), nullable=True),
        sa.Column('earliest', sa.Date(), nullable=True),
        sa.Column('due', sa.Date(), nullable=True),
        sa.Column('audience', core.storage.types.JsonText(), nullable=False),
        sa.Column('activities', core.storage.types.JsonText(), nullable=False),
        sa.Column('formed', core.storage.types.JsonText(), nullable=False),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_project_id'), ['project_id'], unique=False)
    op.create_table(
        'cohort',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('seats', sa.Integer(), nullable=True),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('programme_id', 'number', name='uq_cohort_programme_number'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('cohort', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_programme_id'), ['programme_id'], unique=False)
    op.create_table(
        'cohort_member',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('cohort_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('by_hand', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cohort_id', 'employee_id', name='uq_cohort_member_cohort_employee'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('cohort_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_member_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cohort_member_employee_id'), ['employee_id'], unique=False)
    op.create_table(
        'training_session',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('cohort_id', sa.Integer(), nullable=False),
        sa.Column('activity_key', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('stage', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column('method', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('slots', sa.Integer(), nullable=False),
        sa.Column('online', sa.Boolean(), nullable=False),
        sa.Column('needs_trainer', sa.Boolean(), nullable=False),
        sa.Column('competency_ids', core.storage.types.JsonText(), nullable=False),
        sa.Column('equipment', core.storage.types.JsonText(), nullable=False),
        sa.Column('trainer_names', core.storage.types.JsonText(), nullable=False),
        sa.Column('min_lag', sa.Integer(), nullable=False),
        sa.Column('max_lag', sa.Integer(), nullable=True),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cohort_id', 'activity_key', name='uq_training_session_cohort_activity'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_session_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_session_programme_id'), ['programme_id'], unique=False)
    op.create_table(
        'placement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('timetable_id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('slot', sa.Integer(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('trainer_id', sa.Integer(), nullable=True),
        sa.Column('venue_id', sa.Integer(), nullable=True),
        sa.Column('pinned', core.storage.types.JsonText(), nullable=False),
        sa.Column('reasons', core.storage.types.JsonText(), nullable=False),
        sa.Column('relaxations', core.storage.types.JsonText(), nullable=False),
        sa.Column('breaks', core.storage.types.JsonText(), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['timetable_id'], ['timetable.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('timetable_id', 'session_id', name='uq_placement_timetable_session'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_timetable_id'), ['timetable_id'], unique=False)


def downgrade() -> None:
    op.drop_table('placement')
    op.drop_table('training_session')
    op.drop_table('cohort_member')
    op.drop_table('cohort')
    op.drop_table('programme')
    op.drop_table('published_version')
    op.drop_table('placement_action')
    op.drop_table('timetable_rules')
    op.drop_table('timetable')
