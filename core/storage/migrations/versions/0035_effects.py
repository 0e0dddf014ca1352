"""how the people of a project were chosen, which decides how its effect is estimated

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('effect_design',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=False),
        sa.Column('design', sa.Enum('all', 'by-score', 'units', 'random', 'volunteers', 'none', name='design', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('project_id'),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('effect_design')
