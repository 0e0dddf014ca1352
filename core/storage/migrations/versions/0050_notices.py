"""notices: what people are told, how it was sent, its words, who wants which by e-mail

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None

_KIND = ('needs_asked', 'needs_silent', 'needs_ended', 'approval_asked', 'approval_slow', 'approval_decided', 'mentioned', 'replied', 'survey_waiting', 'sessions_near', 'sessions_missed', 'actions_overdue', 'decision_due', 'warning_owned', 'assessments_due')


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, core.storage.types.UtcDateTime
    op.create_table('notice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', _kind(), nullable=False),
        sa.Column('cause', text(length=160), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('plan_id', sa.Integer(), nullable=True),
        sa.Column('page', text(length=40), nullable=False),
        sa.Column('parameters', core.storage.types.JsonText(), nullable=False),
        sa.Column('facts', core.storage.types.JsonText(), nullable=False),
        sa.Column('words', core.storage.types.JsonText(), nullable=False),
        sa.Column('at', moment(), nullable=False),
        sa.Column('read_at', moment(), nullable=True),
        sa.Column('handed_on', moment(), nullable=True),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cause'),
        sqlite_autoincrement=True,
    )
    for column in ('account_id', 'handed_on', 'kind', 'plan_id'):
        op.create_index(op.f(f'ix_notice_{column}'), 'notice', [column])
    op.create_table('notice_sending',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('notice_id', sa.Integer(), nullable=False),
        sa.Column('kind', _kind(), nullable=False),
        sa.Column('channel', sa.Enum('app', 'email', 'dingtalk', 'wecom', name='channel', native_enum=False, length=32), nullable=False),
        sa.Column('receiver', text(length=80), nullable=False),
        sa.Column('state', sa.Enum('waiting', 'sending', 'sent', 'failed', name='sendstate', native_enum=False, length=32), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('outcome', core.storage.types.JsonText(), nullable=True),
        sa.Column('at', moment(), nullable=False),
        sa.Column('next_at', moment(), nullable=True),
        sa.Column('done_at', moment(), nullable=True),
        sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('notice_id', 'channel', name='uq_notice_sending_notice_channel'),
        sqlite_autoincrement=True,
    )
    for column in ('at', 'notice_id', 'state'):
        op.create_index(op.f(f'ix_notice_sending_{column}'), 'notice_sending', [column])
    op.create_table('notice_template',
        sa.Column('kind', _kind(), nullable=False),
        sa.Column('language', text(length=8), nullable=False),
        sa.Column('subject', text(length=120), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('group_text', sa.Text(), nullable=False),
        sa.Column('changed_by', text(length=80), nullable=False),
        sa.Column('changed_at', moment(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('kind', 'language'),
    )
    op.create_table('notice_choice',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('without_email', core.storage.types.JsonText(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('account_id'),
    )


def downgrade() -> None:
    for table in ('notice_choice', 'notice_template', 'notice_sending', 'notice'):
        op.drop_table(table)


def _kind() -> sa.Enum:
    return sa.Enum(*_KIND, name='kind', native_enum=False, length=32)
