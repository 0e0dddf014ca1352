"""trainers, venues, what was done with them

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'faculty_rule',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('target', sa.Float(), nullable=False),
        sa.Column('basis', sa.Enum('people', 'slots', name='basis', native_enum=False, length=32), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('external_roles', core.storage.types.JsonText(), nullable=False),
        sa.Column('least_level', sa.Integer(), nullable=False),
        sa.Column('sample', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'resource_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('room', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('resource_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_action_room'), ['room'], unique=False)

    op.create_table(
        'venue',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('kind', sa.Enum('own', 'external', name='venuekind', native_enum=False, length=32), nullable=False),
        sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column('capacity', sa.Integer(), nullable=False),
        sa.Column('equipment', core.storage.types.JsonText(), nullable=False),
        sa.Column('cost_per_slot', sa.Float(), nullable=True),
        sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column('archived_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('sample', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('name'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'resource_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('row_id', sa.Integer(), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('after', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['action_id'], ['resource_action.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('resource_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_change_action_id'), ['action_id'], unique=False)
        batch_op.create_index('ix_resource_change_subject_row', ['subject', 'row_id'], unique=False)

    op.create_table(
        'venue_absence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('venue_id', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Date(), nullable=False),
        sa.Column('first', sa.Enum('am', 'pm', name='half', native_enum=False, length=32), nullable=False),
        sa.Column('ends', sa.Date(), nullable=False),
        sa.Column('last', sa.Enum('am', 'pm', name='half', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('venue_absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venue_absence_venue_id'), ['venue_id'], unique=False)

    op.create_table(
        'trainer',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('internal', sa.Boolean(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('roles', core.storage.types.JsonText(), nullable=False),
        sa.Column('role_reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('cost_per_slot', sa.Float(), nullable=True),
        sa.Column('max_slots_per_month', sa.Integer(), nullable=True),
        sa.Column('max_slots_per_year', sa.Integer(), nullable=True),
        sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column('archived_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('sample', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('employee_id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trainer_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_trainer_unit_id'), ['unit_id'], unique=False)

    op.create_table(
        'trainer_absence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('trainer_id', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Date(), nullable=False),
        sa.Column('first', sa.Enum('am', 'pm', name='half', native_enum=False, length=32), nullable=False),
        sa.Column('ends', sa.Date(), nullable=False),
        sa.Column('last', sa.Enum('am', 'pm', name='half', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('trainer_absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trainer_absence_trainer_id'), ['trainer_id'], unique=False)

    op.create_table(
        'trainer_rating',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('trainer_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=True),
        sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('rated_on', sa.Date(), nullable=True),
        sa.Column('score', sa.Float(), nullable=False),
        sa.Column('scale_max', sa.Float(), nullable=False),
        sa.Column('n', sa.Integer(), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('trainer_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trainer_rating_competency_id'), ['competency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_trainer_rating_trainer_id'), ['trainer_id'], unique=False)

    op.create_table(
        'trainer_skill',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('trainer_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('level', sa.Integer(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['competency_id'],
            ['competency.id'],
        ),
        sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('trainer_id', 'competency_id', name='uq_trainer_skill_trainer_competency'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('trainer_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trainer_skill_competency_id'), ['competency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_trainer_skill_trainer_id'), ['trainer_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('trainer_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trainer_skill_trainer_id'))
        batch_op.drop_index(batch_op.f('ix_trainer_skill_competency_id'))

    op.drop_table('trainer_skill')
    with op.batch_alter_table('trainer_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trainer_rating_trainer_id'))
        batch_op.drop_index(batch_op.f('ix_trainer_rating_competency_id'))

    op.drop_table('trainer_rating')
    with op.batch_alter_table('trainer_absence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trainer_absence_trainer_id'))

    op.drop_table('trainer_absence')
    with op.batch_alter_table('trainer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trainer_unit_id'))
        batch_op.drop_index(batch_op.f('ix_trainer_name'))

    op.drop_table('trainer')
    with op.batch_alter_table('venue_absence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venue_absence_venue_id'))

    op.drop_table('venue_absence')
    with op.batch_alter_table('resource_change', schema=None) as batch_op:
        batch_op.drop_index('ix_resource_change_subject_row')
        batch_op.drop_index(batch_op.f('ix_resource_change_action_id'))

    op.drop_table('resource_change')
    op.drop_table('venue')
    with op.batch_alter_table('resource_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_action_room'))

    op.drop_table('resource_action')
    op.drop_table('faculty_rule')
