"""accounts that were deleted: their number and name stay for the records

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

import core.storage.types

revision = '0058'
down_revision = '0057'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('deleted_at', core.storage.types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('account', 'deleted_at')
