"""privacy: how long something is kept

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('retention_period',
        sa.Column('kept', sa.Enum('left', 'remarks', 'conversations', 'audit', name='kept', native_enum=False, length=32), nullable=False),
        sa.Column('months', sa.Integer(), nullable=True),
        sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('decided_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('kept'),
    )


def downgrade() -> None:
    op.drop_table('retention_period')
