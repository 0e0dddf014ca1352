"""transfer actions that are done several times; members of cohorts have a version: moving them can be undone

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('transfer_action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('times', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('done_times', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('cohort_member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('cohort_member', schema=None) as batch_op:
        batch_op.drop_column('version')
    with op.batch_alter_table('transfer_action', schema=None) as batch_op:
        batch_op.drop_column('done_times')
        batch_op.drop_column('times')
