"""themes: what people did, so that it can be taken back

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table('theme_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('action', text(length=40), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('done_by', text(length=80), nullable=False),
        sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_theme_action_plan_id'), 'theme_action', ['plan_id'])
    op.create_table('theme_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('theme_id', sa.Integer(), nullable=True),
        sa.Column('finding_id', sa.Integer(), nullable=True),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('after', core.storage.types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(['action_id'], ['theme_action.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    for column in ('action_id', 'finding_id', 'theme_id'):
        op.create_index(op.f(f'ix_theme_change_{column}'), 'theme_change', [column])


def downgrade() -> None:
    op.drop_table('theme_change')
    op.drop_table('theme_action')
