"""catalogue of courses, enrolments

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'course',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('form', sa.Enum('course', 'task', 'mentor', 'practice', name='courseform', native_enum=False, length=32), nullable=False),
        sa.Column('method', sa.Enum('online', 'face_to_face', 'blended', name='coursemethod', native_enum=False, length=32), nullable=True),
        sa.Column('hours', sa.Float(), nullable=True),
        sa.Column('cost', sa.Float(), nullable=True),
        sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column('archived_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('code'),
        sa.UniqueConstraint('name'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'course_competency',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('from_level', sa.Integer(), nullable=True),
        sa.Column('to_level', sa.Integer(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id']),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('course_id', 'competency_id', name='uq_course_competency_course_competency'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('course_competency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_competency_competency_id'), ['competency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_competency_course_id'), ['course_id'], unique=False)
    op.create_table(
        'course_prerequisite',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('needs_id', sa.Integer(), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['needs_id'], ['course.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('course_id', 'needs_id', name='uq_course_prerequisite_course_needs'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('course_prerequisite', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_prerequisite_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_prerequisite_needs_id'), ['needs_id'], unique=False)
    op.create_table(
        'enrolment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=True),
        sa.Column('state', sa.Enum('planned', 'done', 'cancelled', name='enrolmentstate', native_enum=False, length=32), nullable=False),
        sa.Column('batch', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('reason', core.storage.types.JsonText(), nullable=False),
        sa.Column('planned_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('planned_by_id', sa.Integer(), nullable=True),
        sa.Column('planned_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('done_on', sa.Date(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('closed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('closed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('closed_reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id']),
        sa.ForeignKeyConstraint(['course_id'], ['course.id']),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index('ix_enrolment_state_done_on', ['state', 'done_on'], unique=False)
        for column in ('employee_id', 'course_id', 'competency_id', 'batch'):
            batch_op.create_index(batch_op.f(f'ix_enrolment_{column}'), [column], unique=False)


def downgrade() -> None:
    op.drop_table('enrolment')
    op.drop_table('course_prerequisite')
    op.drop_table('course_competency')
    op.drop_table('course')
