"""unit charge

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unit_charge',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('account_id', 'unit_id', name='uq_unit_charge_account_unit'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('unit_charge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_charge_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_charge_unit_id'), ['unit_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('unit_charge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_charge_unit_id'))
        batch_op.drop_index(batch_op.f('ix_unit_charge_account_id'))
    op.drop_table('unit_charge')
