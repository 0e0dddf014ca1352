"""project gap

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

_INDEXED = ('project_id', 'competency_id', 'unit_id', 'post_id')


def upgrade() -> None:
    op.create_table(
        'project_gap',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('post_id', sa.Integer(), nullable=True),
        sa.Column('facts', core.storage.types.JsonText(), nullable=False),
        sa.Column('linked_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('linked_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('unlinked_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['post_id'], ['post.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('project_gap', schema=None) as batch_op:
        for column in _INDEXED:
            batch_op.create_index(batch_op.f(f'ix_project_gap_{column}'), [column], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('project_gap', schema=None) as batch_op:
        for column in reversed(_INDEXED):
            batch_op.drop_index(batch_op.f(f'ix_project_gap_{column}'))
    op.drop_table('project_gap')
