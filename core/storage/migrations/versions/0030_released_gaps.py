"""what was last released of gaps to those who read sums

Revision ID: 0030
Revises: 0029
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'released_gaps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('released_on', sa.Date(), nullable=False),
        sa.Column('state', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_released_gaps_competency_id'), 'released_gaps', ['competency_id'], unique=False)
    revision_table = sa.table('people_revision', sa.column('name', sa.String()), sa.column('token', sa.BigInteger()))
    op.bulk_insert(revision_table, [{'name': 'released', 'token': secrets.randbits(62)}])


def downgrade() -> None:
    op.execute("DELETE FROM people_revision WHERE name = 'released'")
    op.drop_index(op.f('ix_released_gaps_competency_id'), table_name='released_gaps')
    op.drop_table('released_gaps')
