"""calendar feeds, and when the half days of a plan begin and end

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'calendar_feed',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('about', sa.Enum('plan', 'programme', 'trainer', 'venue', 'person', name='about', native_enum=False, length=32), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=True),
        sa.Column('employee_id', sa.Integer(), nullable=True),
        sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column('expires_on', sa.Date(), nullable=True),
        sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('read_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('reads', sa.Integer(), nullable=False),
        sa.Column('revoked_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('revoked_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('token_hash'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_feed_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_feed_plan_id'), ['plan_id'], unique=False)
    op.create_table(
        'session_hours',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('morning_from', sa.Time(), nullable=False),
        sa.Column('morning_to', sa.Time(), nullable=False),
        sa.Column('afternoon_from', sa.Time(), nullable=False),
        sa.Column('afternoon_to', sa.Time(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id'),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('session_hours')
    op.drop_table('calendar_feed')
