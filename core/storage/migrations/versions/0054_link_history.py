"""themes: links of cause and effect can be taken back too

Revision ID: 0054
Revises: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('theme_change', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('effect_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_theme_change_effect_id_theme', 'theme', ['effect_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index(batch_op.f('ix_theme_change_effect_id'), ['effect_id'])


def downgrade() -> None:
    with op.batch_alter_table('theme_change', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_index(batch_op.f('ix_theme_change_effect_id'))
        batch_op.drop_constraint('fk_theme_change_effect_id_theme', type_='foreignkey')
        batch_op.drop_column('effect_id')
