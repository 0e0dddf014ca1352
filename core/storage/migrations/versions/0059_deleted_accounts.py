"""accounts that were deleted: their number and name stay for the records

Revision ID: 0059
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

import core.storage.types

revision = '0059'
down_revision = '0056'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('deleted_at', core.storage.types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('account', 'deleted_at')
