"""approvals: layers, submissions, decisions; comments

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table('approval_chain',
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('layers', core.storage.types.JsonText(), nullable=False),
        sa.Column('changed_by', text(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('plan_id'),
    )
    op.create_table('plan_submission',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('state', sa.Enum('waiting', 'approved', 'returned', 'withdrawn', name='submissionstate', native_enum=False, length=32), nullable=False),
        sa.Column('layers', core.storage.types.JsonText(), nullable=False),
        sa.Column('layer', sa.Integer(), nullable=False),
        sa.Column('contents', core.storage.types.JsonText(), nullable=False),
        sa.Column('note', text(length=500), nullable=False),
        sa.Column('submitted_account', sa.Integer(), nullable=True),
        sa.Column('submitted_by', text(length=80), nullable=False),
        sa.Column('submitted_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('waiting_since', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('nudged_by', text(length=80), nullable=False),
        sa.Column('nudged_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('closed_by', text(length=80), nullable=False),
        sa.Column('closed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('plan_id', 'number', name='uq_plan_submission_number'),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_plan_submission_plan_id'), 'plan_submission', ['plan_id'])
    op.create_index(op.f('ix_plan_submission_state'), 'plan_submission', ['state'])
    op.create_table('approval_decision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('layer', sa.Integer(), nullable=False),
        sa.Column('layer_name', text(length=40), nullable=False),
        sa.Column('decision', sa.Enum('approved', 'returned', name='decision', native_enum=False, length=32), nullable=False),
        sa.Column('words', text(length=500), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('by', text(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['submission_id'], ['plan_submission.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('submission_id', 'layer', name='uq_approval_decision_layer'),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_approval_decision_submission_id'), 'approval_decision', ['submission_id'])
    op.create_table('comment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('subject', sa.Enum('plan', 'project', 'goal', 'theme', 'finding', 'session', name='subject', native_enum=False, length=32), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('thread_id', sa.Integer(), nullable=True),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('by', text(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('resolved_by', text(length=80), nullable=False),
        sa.Column('resolved_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['thread_id'], ['comment.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_comment_subject', 'comment', ['plan_id', 'subject', 'subject_id'])
    op.create_index(op.f('ix_comment_thread_id'), 'comment', ['thread_id'])
    op.create_table('comment_mention',
        sa.Column('comment_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('read_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('comment_id', 'account_id'),
    )
    op.create_index(op.f('ix_comment_mention_account_id'), 'comment_mention', ['account_id'])


def downgrade() -> None:
    op.drop_table('comment_mention')
    op.drop_table('comment')
    op.drop_table('approval_decision')
    op.drop_table('plan_submission')
    op.drop_table('approval_chain')
