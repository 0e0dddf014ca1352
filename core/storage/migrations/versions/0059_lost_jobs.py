"""jobs: how often the process that was at one ended without a word

Revision ID: 0059
Revises: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0058'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('job', sa.Column('lost', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('job', 'lost')
