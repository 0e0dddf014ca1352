"""attendance: who came without being on the list; how many came where nobody is named

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

from core.storage import UtcDateTime

revision = '0057'
down_revision = '0056'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attendance', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('off_list', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        'attendance_number',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('came', sa.Integer(), nullable=False),
        sa.Column('noted_by', sa.String(length=80), nullable=False),
        sa.Column('noted_at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('session_id'),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('attendance_number')
    with op.batch_alter_table('attendance', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_column('off_list')
