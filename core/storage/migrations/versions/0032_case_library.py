"""the case library

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'library_case',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('case', 'script', 'template', name='casekind', native_enum=False, length=32), nullable=False),
        sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('tags', core.storage.types.JsonText(), nullable=False),
        sa.Column('competency', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('scene', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('library_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_library_case_kind'), ['kind'], unique=False)
    op.create_table(
        'case_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['library_case.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('case_id'),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('case_file')
    op.drop_table('library_case')
