"""people revision

Revision ID: 0014
Revises: 0013
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

NAMES = ('employee', 'post_competency', 'competency', 'assessment')


def upgrade() -> None:
    table = op.create_table(
        'people_revision',
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('token', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('name'),
    )
    op.bulk_insert(table, [{'name': name, 'token': secrets.randbits(62)} for name in NAMES])


def downgrade() -> None:
    op.drop_table('people_revision')
