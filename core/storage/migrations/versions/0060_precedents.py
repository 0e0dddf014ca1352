"""findings: the finding of an earlier year's plan whose decision was taken over

Revision ID: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = '0060'
down_revision = '0059'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('finding', sa.Column('precedent_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('finding', 'precedent_id')
