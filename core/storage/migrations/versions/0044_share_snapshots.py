"""what a shared page showed when its link was made

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

import core.storage.types

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('share_snapshot',
        sa.Column('link_id', sa.Integer(), nullable=False),
        sa.Column('taken_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('gate', sa.Integer(), nullable=False),
        sa.Column('documents', core.storage.types.JsonText(), nullable=False),
        sa.Column('content', core.storage.types.JsonText(), nullable=True),
        sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('link_id'),
    )


def downgrade() -> None:
    op.drop_table('share_snapshot')
