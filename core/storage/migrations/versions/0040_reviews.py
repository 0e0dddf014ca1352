"""quality findings, quarterly meetings, what they decided

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    states = ('open', 'done', 'dropped')
    op.create_table('quality_finding',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('dimension', sa.Enum('design', 'teaching', 'transfer', name='dimension', native_enum=False, length=32), nullable=False),
        sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('said', core.storage.types.JsonText(), nullable=True),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('improvement', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('due', sa.Date(), nullable=False),
        sa.Column('state', sa.Enum(*states, name='workstate', native_enum=False, length=32), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('quality_finding', schema=None) as batch_op:
        for column in ('plan_id', 'project_id', 'state'):
            batch_op.create_index(batch_op.f(f'ix_quality_finding_{column}'), [column], unique=False)

    op.create_table('review_meeting',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('quarter', sa.Integer(), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('attendees', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('summary', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column('agenda', core.storage.types.JsonText(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id', 'quarter', name='uq_review_meeting_plan_quarter'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('review_meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_meeting_plan_id'), ['plan_id'], unique=False)

    op.create_table('meeting_decision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('due', sa.Date(), nullable=False),
        sa.Column('state', sa.Enum(*states, name='workstate', native_enum=False, length=32), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['meeting_id'], ['review_meeting.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('meeting_decision', schema=None) as batch_op:
        for column in ('plan_id', 'meeting_id', 'state'):
            batch_op.create_index(batch_op.f(f'ix_meeting_decision_{column}'), [column], unique=False)


def downgrade() -> None:
    op.drop_table('meeting_decision')
    op.drop_table('review_meeting')
    op.drop_table('quality_finding')
