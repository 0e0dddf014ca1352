"""attendance: who came, the links to check in by, what people thought, reminders

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'attendance_reminder',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('missing', sa.Integer(), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('attendance_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_reminder_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_reminder_programme_id'), ['programme_id'], unique=False)
    op.create_table(
        'attendance',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('presence', sa.Enum('present', 'late', 'absent', 'excused', name='presence', native_enum=False, length=32), nullable=False),
        sa.Column('via', sa.Enum('list', 'link', name='via', native_enum=False, length=32), nullable=False),
        sa.Column('noted_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('noted_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('session_id', 'employee_id', name='uq_attendance_session_employee'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_session_id'), ['session_id'], unique=False)
    op.create_table(
        'attendance_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('attendance_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_action_session_id'), ['session_id'], unique=False)
    op.create_table(
        'check_in_link',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column('opened_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('opened_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('closes_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('answers_until', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('revoked_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('token_hash'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('check_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_link_session_id'), ['session_id'], unique=False)
    op.create_table(
        'session_feedback',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('marks', core.storage.types.JsonText(), nullable=False),
        sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('session_id', 'employee_id', name='uq_session_feedback_session_employee'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('session_feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_feedback_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_feedback_session_id'), ['session_id'], unique=False)


def downgrade() -> None:
    op.drop_table('session_feedback')
    op.drop_table('check_in_link')
    op.drop_table('attendance_action')
    op.drop_table('attendance')
    op.drop_table('attendance_reminder')
